import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow, type Resource } from '../../../src/index.js'
import { printResource } from '../../../src/model/resource-id.js'
import { compile } from '../../../src/policy/compile.js'
import type { CompiledWorld } from '../../../src/policy/compiled-world.js'
import { contains, equivalent, interferes } from '../../../src/policy/proofs.js'
import type { Intent } from '../../../src/policy/prove/intent.js'
import type { Counterexample } from '../../../src/policy/prove/proof.js'
import type { Flow } from '../../../src/policy/world/flow.js'
import { someFlow, someResources } from '../random-flows.js'

const laws = suite('proofs')

const worldOf = (resources: ReadonlyArray<Resource>): CompiledWorld => orThrow(compile({ resources }))
const decision = (world: CompiledWorld, flow: Flow) => world.verdict(flow).decision

const flows = fc.array(someFlow, { minLength: 60, maxLength: 60 })
/** A world, and one that has something of it otherwise. */
const twoWorlds = fc
  .tuple(someResources, someResources, fc.integer({ min: 0, max: 5 }))
  .map(([some, others, at]): readonly [ReadonlyArray<Resource>, ReadonlyArray<Resource>] => {
    const isPolicy = ({ kind }: Resource): boolean => kind.endsWith('NetworkPolicy')
    const [more, less] = [others.filter(isPolicy), some.filter(isPolicy)]
    const [policy, gone] = [more[at % more.length], less[at % less.length]]
    if (policy === undefined || gone === undefined) return [some, others]
    return [some, [...some.filter((it) => it !== gone), ...(at % 2 === 0 ? [policy] : [])]]
  })
const tally = () => {
  const seen = new Map<string, number>()
  return {
    count: (tag: string) => seen.set(tag, (seen.get(tag) ?? 0) + 1),
    of: (tag: string) => seen.get(tag) ?? 0,
    text: () => JSON.stringify([...seen]),
  }
}

/** What is said of a counterexample is what is said when it is asked about anew. */
const confirm = (worlds: ReadonlyArray<CompiledWorld>, { flow, verdicts }: Counterexample) => {
  const asked = worlds.map((world) => decision(world, JSON.parse(JSON.stringify(flow))))
  assert.equal(
    asked,
    verdicts.map((it) => it.decision),
    JSON.stringify(flow),
  )
  return asked
}

laws('every set is equivalent to itself, and contains itself', () => {
  fc.assert(
    fc.property(someResources, (resources) => {
      const [one, other] = [
        worldOf(resources),
        worldOf(structuredClone(resources) as ReadonlyArray<Resource>),
      ]
      assert.equal(equivalent(one, other), { _tag: 'Proven' })
      assert.equal(contains(one, other), { _tag: 'Proven' })
    }),
    { numRuns: 60 },
  )
})

laws('no flow contradicts a proof of equivalence, and each counterexample differs', () => {
  const seen = tally()
  fc.assert(
    fc.property(twoWorlds, flows, ([first, second], some) => {
      const [a, b] = [worldOf(first), worldOf(second)]
      const proof = equivalent(a, b)
      seen.count(proof._tag)
      if (proof._tag === 'Refuted') {
        const [x, y] = confirm([a, b], proof.counterexample)
        assert.ok(x !== y && x !== 'unknown' && y !== 'unknown')
      } else if (proof._tag === 'Proven')
        for (const flow of some) assert.is(decision(a, flow), decision(b, flow), JSON.stringify(flow))
      else assert.ok(proof.why.length > 0)
    }),
    { numRuns: 80 },
  )
  assert.ok(seen.of('Proven') > 1 && seen.of('Refuted') > 20, seen.text())
})

laws('no flow contradicts a proof that one contains another', () => {
  const seen = tally()
  fc.assert(
    fc.property(twoWorlds, flows, ([first, second], some) => {
      const [a, b] = [worldOf(first), worldOf(second)]
      const proof = contains(a, b)
      seen.count(proof._tag)
      if (proof._tag === 'Refuted') assert.equal(confirm([a, b], proof.counterexample), ['denied', 'allowed'])
      else if (proof._tag === 'Proven')
        for (const flow of some)
          assert.not(decision(a, flow) === 'denied' && decision(b, flow) === 'allowed', JSON.stringify(flow))
    }),
    { numRuns: 80 },
  )
  assert.ok(seen.of('Proven') > 3 && seen.of('Refuted') > 20, seen.text())
})

laws('a policy that is proven redundant changes no verdict when it goes', () => {
  const seen = tally()
  fc.assert(
    fc.property(someResources, flows, (resources, some) => {
      const world = worldOf(resources)
      for (const resource of resources) {
        if (!resource.kind.endsWith('NetworkPolicy')) continue
        const name = printResource(resource)
        const without = orThrow(world.with({ remove: [name] }))
        const proof = world.redundant(name)
        seen.count(proof._tag)
        if (proof._tag === 'Refuted') confirm([world, without], proof.counterexample)
        else if (proof._tag === 'Proven')
          for (const flow of some) assert.is(decision(world, flow), decision(without, flow))
      }
    }),
    { numRuns: 60 },
  )
  assert.ok(seen.of('Proven') > 1 && seen.of('Refuted') > 40, seen.text())
})

const intents = fc.record(
  {
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
    source: fc.constantFrom(
      { selector: "role == 'web'" },
      { nets: ['192.0.2.0/24'] },
      { namespaceSelector: "projectcalico.org/name == 'bank'" },
    ),
    destination: fc.constantFrom(
      { selector: "role == 'api'", ports: [80] },
      { notSelector: 'has(env)' },
      { nets: ['10.0.0.0/8'] },
    ),
  },
  { requiredKeys: ['protocol'] },
)

/** The intent as policies: what they let through, and nothing else, is of it. */
const asPolicies = (intent: Intent): CompiledWorld =>
  worldOf([
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'intent' },
      spec: {
        types: ['Ingress', 'Egress'],
        ingress: [{ action: 'Allow', ...intent }],
        egress: [{ action: 'Allow', ...intent }],
      },
    } as Resource,
  ])

laws('no flow of an intent contradicts that all of it is allowed, or forbidden', () => {
  const seen = tally()
  fc.assert(
    fc.property(someResources, intents, flows, (resources, intent, some) => {
      const [world, meant] = [worldOf(resources), asPolicies(intent)]
      const [allows, forbids] = [world.allows(intent), world.forbids(intent)]
      seen.count(`allows ${allows._tag}`)
      seen.count(`forbids ${forbids._tag}`)
      if (allows._tag === 'Refuted') {
        assert.equal(confirm([world], allows.counterexample), ['denied'])
        assert.not.equal(decision(meant, allows.counterexample.flow), 'denied')
      }
      if (forbids._tag === 'Refuted') {
        assert.equal(confirm([world], forbids.counterexample), ['allowed'])
        assert.not.equal(decision(meant, forbids.counterexample.flow), 'denied')
      }
      for (const flow of some) {
        const isPods = flow.from._tag === 'Workload' || flow.to._tag === 'Workload'
        if (!isPods || decision(meant, flow) !== 'allowed') continue
        if (allows._tag === 'Proven') assert.is.not(decision(world, flow), 'denied', JSON.stringify(flow))
        if (forbids._tag === 'Proven') assert.is.not(decision(world, flow), 'allowed', JSON.stringify(flow))
      }
    }),
    { numRuns: 80 },
  )
  for (const tag of ['allows Proven', 'allows Refuted', 'forbids Proven', 'forbids Refuted'])
    assert.ok(seen.of(tag) > 2, seen.text())
})

laws('what is said to interfere does, and what is said not to changes no flow', () => {
  const seen = tally()
  fc.assert(
    fc.property(someResources, someResources, flows, (first, second, some) => {
      const renamed = second.map((it) => ({
        ...it,
        metadata: { ...it.metadata, name: `${it.metadata.name}-too` },
      }))
      const more = renamed.filter(({ kind }) => kind.endsWith('NetworkPolicy')) as ReadonlyArray<Resource>
      const [a, b] = [worldOf(first), worldOf(more)]
      const both = orThrow(a.with({ put: more }))
      const found = interferes(a, b)
      seen.count(found._tag)
      if (found._tag === 'Interferes') confirm([a, both], found.example)
      if (found._tag !== 'Independent') return
      for (const flow of some) {
        const captured = (end: Flow['from'], type: 'Ingress' | 'Egress') =>
          end._tag === 'Workload' &&
          a.policiesOf(end).some(({ types, certain }) => certain && types.includes(type))
        const isAsked =
          (flow.from._tag === 'Address' || captured(flow.from, 'Egress')) &&
          (flow.to._tag === 'Address' || captured(flow.to, 'Ingress'))
        if (isAsked) assert.is(decision(a, flow), decision(both, flow), JSON.stringify(flow))
      }
    }),
    { numRuns: 80 },
  )
  assert.ok(seen.of('Interferes') > 20 && seen.of('Independent') > 3, seen.text())
})

laws.run()
