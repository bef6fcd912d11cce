import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Rule } from '../../../src/model/policy/rule.js'
import type { Resource } from '../../../src/model/resource.js'
import { printResource } from '../../../src/model/resource-id.js'
import { scopeHolds } from '../../../src/policy/compile/end-holds.js'
import { both, type Certainty } from '../../../src/policy/compile/three-valued.js'
import { packetHolds, sentOf } from '../../../src/policy/evaluate/packet-holds.js'
import { worldOf } from '../../../src/policy/evaluate/policy-world.js'
import { endsOf } from '../../../src/policy/evaluate/way.js'
import { covers } from '../../../src/policy/lint/covers.js'
import { everythingAsked } from '../../../src/policy/lint/endpoints.js'
import { type Finding, lint } from '../../../src/policy/lint/lint.js'
import { matchOf } from '../../../src/policy/lint/match.js'
import type { LintRuleName } from '../../../src/policy/lint/rule.js'
import { isPolicy, typesOf } from '../../../src/policy/world/any-policy.js'
import type { Flow } from '../../../src/policy/world/flow.js'
import { effectiveLabels } from '../../../src/policy/world/known-labels.js'
import { matches } from '../../../src/selector/match.js'
import { verdict } from '../asked.js'
import { someFlow, someFlows, someResources, someRules } from './random-rules.js'

const laws = suite('what lint claims, by the verdicts of random flows')

type Law = (finding: Finding, resources: ReadonlyArray<Resource>, flows: ReadonlyArray<Flow>) => void

const holdAll = (rule: LintRuleName, law: Law): void => {
  let count = 0
  fc.assert(
    fc.property(someResources, someFlows, (resources, flows) => {
      for (const finding of lint(resources)) {
        if (finding.rule !== rule) continue
        count++
        law(finding, resources, flows)
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(count > 30, `${count} findings`)
}

/** Asks for each finding of a rule in random resources, with random flows. */
const hold = (
  rule: LintRuleName,
  law: (finding: Finding, resources: ReadonlyArray<Resource>, flow: Flow) => void,
): void =>
  holdAll(rule, (finding, resources, flows) => {
    for (const flow of flows) law(finding, resources, flow)
  })

interface Place {
  readonly policy: string
  readonly direction: 'Ingress' | 'Egress'
  readonly rule: number | undefined
}

/** The rule, or all rules of the direction, that the finding is about. */
const placeOf = ({ resource, path: [, field, rule] }: Finding): Place => ({
  policy: resource,
  direction: field === 'ingress' ? 'Ingress' : 'Egress',
  rule: typeof rule === 'number' ? rule : undefined,
})

/** Whether something that the verdict gives as a reason is at the place. */
const speaks = (place: Place, resources: ReadonlyArray<Resource>, flow: Flow, certainly: boolean): boolean =>
  verdict(resources, flow).reasons.some(
    ({ policy, direction, rule, certain }) =>
      policy === place.policy &&
      direction === place.direction &&
      (place.rule === undefined || place.rule === rule) &&
      (certain || !certainly),
  )

/** Of a policy of that namespace, where there are no labelled networks. */
const ruleMatches = (rule: Rule, flow: Flow, namespace: string): Certainty => {
  const metadata = { name: 'a', namespace }
  const spec = { types: ['Ingress'], ingress: [rule] } as const
  const world = worldOf([{ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata, spec }])
  const compiled = world.policies.tiers[0]?.policies[0]?.rules.Ingress?.[0]
  if (compiled === undefined) throw new Error('no rule')
  const [from, to] = [flow.from, flow.to].map((end) => world.peers.resolve(end).at[0])
  if (from === undefined || to === undefined) throw new Error('no peer')
  return [
    world.evaluator.endHolds(compiled.source, from.peer),
    world.evaluator.endHolds(compiled.destination, to.peer),
    packetHolds(compiled.packet, sentOf(flow), endsOf(world, { from, to })),
  ].reduce(both)
}

laws('a rule that covers another matches all that it matches', () => {
  let count = 0
  fc.assert(
    fc.property(someRules, someFlows, ([one, other], flows) => {
      if (!covers(matchOf(one, 'shop'), matchOf(other, 'shop'))) return
      count++
      for (const flow of flows) {
        if (ruleMatches(other, flow, 'shop') === 2) assert.is(ruleMatches(one, flow, 'shop'), 2)
      }
    }),
    { numRuns: 1_500 },
  )
  assert.ok(count > 150, `${count} covered`)
})

laws('a shadowed rule never decides', () => {
  hold('rule-shadowed', (finding, resources, flow) => {
    assert.not(speaks(placeOf(finding), resources, flow, true), finding.message)
  })
})

const without = (resource: Resource, field: string, rule: number): Resource => {
  if (resource.kind !== 'NetworkPolicy' && resource.kind !== 'GlobalNetworkPolicy') return resource
  const rules = (field === 'ingress' ? resource.spec.ingress : resource.spec.egress) ?? []
  const spec = { types: typesOf(resource), ...resource.spec, [field]: rules.filter((_, at) => at !== rule) }
  return { ...resource, spec } as Resource
}

laws('without a shadowed rule, all is decided as with it', () => {
  hold('rule-shadowed', ({ index, path: [, field, rule] }, resources, flow) => {
    const others = resources.map((it, at) => (at === index ? without(it, String(field), Number(rule)) : it))
    const [before, after] = [verdict(resources, flow).decision, verdict(others, flow).decision]
    // Where a match is not known, one rule less may make it so.
    if (before !== 'unknown') assert.is(after, before)
  })
})

laws('a rule that excludes itself never matches', () => {
  hold('rule-excludes-itself', (finding, resources, flow) => {
    assert.not(speaks(placeOf(finding), resources, flow, true), finding.message)
  })
})

laws('rules without their type never match', () => {
  hold('rules-without-type', (finding, resources, flow) => {
    assert.not(speaks(placeOf(finding), resources, flow, false), finding.message)
  })
})

laws('a rule or a policy whose selector never matches has no say', () => {
  hold('selector-never-matches', (finding, resources, flow) => {
    const { path, resource } = finding
    const all = path.length === 2
    for (const direction of ['Ingress', 'Egress'] as const) {
      const place = all ? { policy: resource, direction, rule: undefined } : placeOf(finding)
      assert.not(speaks(place, resources, flow, false), finding.message)
    }
  })
})

/** The policy for one direction alone, in an order of its own. */
const inOrder = (resource: Resource, order: number, direction: string): Resource =>
  ({ ...resource, spec: { ...resource.spec, order, types: [direction] } }) as Resource

/** What the first rule that decides does, where that is certain. */
const actionOn = (resources: ReadonlyArray<Resource>, flow: Flow, direction: string): string | undefined => {
  const { reasons } = verdict(resources, flow)
  const first = reasons.find((it) => it.direction === direction && it.action !== 'Log')
  return first?.certain ? first.action : undefined
}

const manyFlows = fc.sample(someFlow, { numRuns: 2_000, seed: 1 })

const reliesOnUnknown = (resource: Resource): boolean => /"(?:services|http)":/.test(JSON.stringify(resource))

laws('where two policies tie, it matters which of them goes first', () => {
  let [asked, shown] = [0, 0]
  holdAll('order-tie', (finding, resources) => {
    const [, field, name] = / what (\w+)\[\d+\] of (\S+) does not/.exec(finding.message) ?? []
    const one = resources[finding.index]
    const other = resources.find((it) => printResource(it) === name)
    if (one === undefined || other === undefined) return assert.unreachable(finding.message)
    if (reliesOnUnknown(one) || reliesOnUnknown(other)) return
    const direction = field === 'ingress' ? 'Ingress' : 'Egress'
    const rest = resources.filter(({ kind }) => kind === 'Tier' || /Set$/.test(kind))
    const first = [inOrder(one, 1, direction), inOrder(other, 2, direction), ...rest]
    const second = [inOrder(one, 2, direction), inOrder(other, 1, direction), ...rest]
    const matters = manyFlows.some(
      (flow) => actionOn(first, flow, direction) !== actionOn(second, flow, direction),
    )
    asked++
    if (matters) shown++
  })
  // The flows have few addresses and accounts: some conflict is about others.
  assert.ok(shown > 30 && shown / asked > 0.9, `${shown} of ${asked}`)
})

laws('where nothing is allowed, all that the tier is asked about is denied', () => {
  hold('nothing-allowed', (finding, resources, flow) => {
    const { policy, direction } = placeOf(finding)
    const { decision, reasons } = verdict(resources, flow)
    const isAsked = reasons.some((it) => it.policy === policy && it.direction === direction && it.certain)
    const before = reasons.slice(
      0,
      reasons.findIndex((it) => it.policy === policy),
    )
    if (isAsked && before.every(({ tier, certain }) => tier === 'default' && certain)) {
      assert.is.not(decision, 'allowed')
    }
  })
})

laws('the endpoints of a policy are those that it applies to', () => {
  let asked = 0
  fc.assert(
    fc.property(someResources, someFlows, (resources, flows) => {
      for (const policy of resources) {
        const selector = isPolicy(policy) ? everythingAsked(policy) : undefined
        if (selector === undefined) continue
        if (policy.kind !== 'NetworkPolicy' && policy.kind !== 'GlobalNetworkPolicy') continue
        const world = worldOf([policy])
        const scope = world.policies.tiers[0]?.policies[0]?.scope
        for (const { from } of flows) {
          if (from._tag !== 'Workload' || scope === undefined) continue
          const own = world.peers.resolve(from).at[0].peer.own
          const selects = own && scopeHolds(scope, own)
          // Not known where it hangs on labels of the namespace.
          if (selects !== 1) assert.is(selects === 2, matches(selector, effectiveLabels(from)))
          asked += selects === 1 ? 0 : 1
        }
      }
    }),
  )
  assert.ok(asked > 500, `${asked}`)
})

laws.run()
