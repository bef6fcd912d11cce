import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, type Resource } from '../../../src/index.js'
import { everythingAsked } from '../../../src/policy/lint/endpoints.js'
import { type Finding, lint } from '../../../src/policy/lint/lint.js'
import { isPolicy } from '../../../src/policy/world/any-policy.js'
import type { Flow, Workload } from '../../../src/policy/world/flow.js'
import { effectiveLabels } from '../../../src/policy/world/known-labels.js'
import { matches } from '../../../src/selector/match.js'
import { verdict } from '../asked.js'
import { someFlows, someResources } from './random-rules.js'

const laws = suite('what lint claims of pods, by the verdicts of random flows')

const pods = 'has(projectcalico.org/name)'
const open = globalNetworkPolicy('open').namespaceSelector(pods)
const ports = globalNetworkPolicy('ports')
  .namespaceSelector(pods)
  .selector("role == 'web'")
  .order(1)
  .allowEgress({ protocol: 'TCP', destination: { ports: [80, 443] } })
  .allowEgress({ protocol: 'UDP', destination: { ports: ['500:600'] } })

const openings = fc.constantFrom(
  open.allowIngress({}),
  open.logEgress({}).allowEgress({}),
  open.order(2).allowIngress({}).allowEgress({}),
)

const selects = (resource: Resource | undefined, pod: Workload): boolean => {
  const endpoints = resource !== undefined && isPolicy(resource) ? everythingAsked(resource) : undefined
  return endpoints !== undefined && matches(endpoints, effectiveLabels(pod))
}

type Law = (finding: Finding, resources: ReadonlyArray<Resource>, flow: Flow) => boolean

/** How often the flows show it. */
const hold = (rule: Finding['rule'], more: fc.Arbitrary<Resource>, law: Law): number => {
  let shown = 0
  fc.assert(
    fc.property(someResources, more, someFlows, (others, one, flows) => {
      const some = [...others, one]
      for (const finding of lint(some)) {
        if (finding.rule !== rule) continue
        for (const flow of flows) if (law(finding, some, flow)) shown++
      }
    }),
    { numRuns: 250 },
  )
  return shown
}

laws('where isolation is undone, the end of the tier denies nothing to its pods', () => {
  const shown = hold('isolation-undone', openings, ({ index, path: [, field], message }, some, flow) => {
    const direction = field === 'ingress' ? 'Ingress' : 'Egress'
    const pod = direction === 'Ingress' ? flow.to : flow.from
    if (pod._tag !== 'Workload' || !selects(some[index], pod)) return false
    const ends = verdict(some, flow).reasons.filter(
      (it) => it.policy === undefined && it.direction === direction && it.action === 'Deny',
    )
    assert.equal(ends, [], message)
    return true
  })
  assert.ok(shown > 100, `${shown} flows`)
})

laws('where DNS is cut off, no pod of the policy gets through to port 53', () => {
  const shown = hold('dns-cut-off', fc.constant(ports), ({ index, message }, some, flow) => {
    const { from } = flow
    if (from._tag !== 'Workload' || !selects(some[index], from)) return false
    for (const protocol of ['UDP', 'TCP'] as const) {
      const { icmp: _, ...rest } = flow
      const asked = { ...rest, protocol, port: 53, sourcePort: 40000 }
      assert.is.not(verdict(some, asked).decision, 'allowed', message)
    }
    return true
  })
  assert.ok(shown > 100, `${shown} flows`)
})

laws.run()
