import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  globalNetworkPolicy,
  globalNetworkSet,
  networkPolicy,
  orThrow,
  stagedNetworkPolicy,
} from '../../src/index.js'
import { printResource } from '../../src/model/resource-id.js'
import { compile } from '../../src/policy/compile.js'
import { connectivity } from '../../src/policy/connectivity/connectivity.js'
import { verdict } from '../../src/policy/evaluate/verdict.js'
import { printExplanation } from '../../src/policy/query/print-explanation.js'
import type { Workload } from '../../src/policy/world/flow.js'
import { knownPod as pod } from './known-pod.js'
import { someFlow, somePod, someResources } from './random-flows.js'

const test = suite('a compiled world')

const pods = [pod('web'), pod('api'), pod('db')]
const api = networkPolicy('api', 'shop')
  .selector("role == 'api'")
  .allowIngress({ protocol: 'TCP', source: { selector: "role == 'web'" }, destination: { ports: [8080] } })
const quiet = networkPolicy('quiet', 'shop').selector("role == 'nobody'").denyEgress()
const tcp = { protocol: 'TCP', sourcePort: 40000 } as const

test('takes the address of a pod for that pod', () => {
  const at = (name: string, ip: string): Workload => ({ ...pod(name), ip })
  const pods = [at('web', '10.0.0.1'), at('api', '10.0.0.2'), at('db', '10.0.0.3')]
  const world = orThrow(compile({ resources: [api, quiet], pods }))
  const ask = (from: string, to: string) => world.verdict({ from, to, ...tcp, port: 8080 }).decision
  assert.is(ask('10.0.0.1', '10.0.0.2'), 'allowed')
  assert.is(ask('10.0.0.3', '10.0.0.2'), 'denied')
  assert.is(ask('198.51.100.7', '10.0.0.2'), 'denied')
})

test('answers as the short form does', () => {
  fc.assert(
    fc.property(someResources, fc.array(someFlow, { minLength: 20, maxLength: 20 }), (resources, flows) => {
      const world = orThrow(compile({ resources }))
      for (const flow of flows) assert.equal(world.verdict(flow), verdict(resources, flow))
    }),
    { numRuns: 50 },
  )
})

test('is after a change what it is when it is compiled so', () => {
  const somePods = fc.tuple(somePod, somePod, somePod)
  const flowAt = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c'), someFlow))
  let [changed, asked] = [0, 0]
  fc.assert(
    fc.property(someResources, someResources, somePods, somePods, flowAt, (first, second, was, is, flows) => {
      const named = (list: ReadonlyArray<Workload>) =>
        list.map((it, i) => ({ ...it, namespace: 'shop', name: 'abc'.charAt(i) }))
      const before = orThrow(compile({ resources: first, pods: named(was) }))
      // Asked, so that there is something remembered which must not be so afterwards.
      for (const [from, to, packet] of flows)
        before.verdict({ ...packet, from: `shop/${from}`, to: `shop/${to}` })
      const names = new Set(second.map(printResource))
      const remove = first.map(printResource).filter((name) => !names.has(name))
      const after = orThrow(before.with({ put: [...second, ...named(is)], remove }))
      const anew = orThrow(compile({ resources: second, pods: named(is) }))
      for (const [from, to, packet] of flows) {
        const flow = { ...packet, from: `shop/${from}`, to: `shop/${to}` }
        asked++
        if (before.verdict(flow).decision !== anew.verdict(flow).decision) changed++
        assert.equal(after.verdict(flow), anew.verdict(flow))
      }
    }),
    { numRuns: 100 },
  )
  assert.ok(changed > 50, `${changed} of ${asked}`)
})

test('is after two changes, there and back, what it was', () => {
  fc.assert(
    fc.property(
      someResources,
      someResources,
      fc.array(someFlow, { minLength: 20 }),
      (first, second, flows) => {
        const isPolicy = (it: { readonly kind: string }): boolean => it.kind.endsWith('NetworkPolicy')
        const more = second
          .filter(isPolicy)
          .map((it) => ({ ...it, metadata: { ...it.metadata, name: `${it.metadata.name}-more` } }))
        const world = orThrow(compile({ resources: first }))
        const there = orThrow(world.with({ put: more }))
        const anew = orThrow(compile({ resources: [...first, ...(more as typeof first)] }))
        const back = orThrow(
          there.with({ remove: more.map((it) => printResource(it as (typeof first)[number])) }),
        )
        for (const flow of flows) {
          assert.equal(there.verdict(flow), anew.verdict(flow))
          assert.equal(back.verdict(flow), world.verdict(flow))
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('connects its pods as the short form does, by classes and pair by pair', () => {
  fc.assert(
    fc.property(someResources, fc.tuple(somePod, somePod, somePod), (resources, some) => {
      const all = some.map((it, i) => ({ ...it, name: 'abc'.charAt(i) }))
      const names = Object.fromEntries(all.map((it) => [`${it.namespace}/${it.name}`, it]))
      const { pairs, connections, classes } = orThrow(compile({ resources, pods: all })).connectivity()
      assert.equal([...pairs()], connectivity(resources, names))
      const count = [...connections()].reduce(
        (sum, { from, to }) =>
          sum + (classes[from]?.members.length ?? 0) * (classes[to]?.members.length ?? 0),
        0,
      )
      assert.is(count, 9)
    }),
    { numRuns: 50 },
  )
})

test('takes pods that differ in nothing that policies ask about for one class', () => {
  const replicas = Array.from({ length: 50 }, (_, i) => ({
    ...pod('web'),
    name: `web-${i}`,
    labels: { role: 'web', 'pod-template-hash': `${i}` },
  }))
  const world = orThrow(compile({ resources: [api], pods: [...replicas, pod('api'), pod('db')] }))
  const { classes, connections } = world.connectivity()
  assert.equal(
    classes.map(({ members }) => members.length),
    [50, 1, 1],
  )
  assert.is([...connections()].length, 9)
})

test('explains each rule that is asked, on each side', () => {
  const world = orThrow(compile({ resources: [api, globalNetworkPolicy('log').order(1).logIngress()], pods }))
  const explained = (port: number) =>
    printExplanation(world.explain({ ...tcp, from: 'shop/web', to: 'shop/api', port }))
  assert.is(
    explained(8080),
    `allowed
  egress of shop/web
    → no policy applies: the namespace's profile allows
  ingress of shop/api
      GlobalNetworkPolicy(log), rule 0: Log
    → NetworkPolicy(shop/api), rule 0: Allow`,
  )
  assert.is(
    explained(22),
    `denied
  egress of shop/web
    → no policy applies: the namespace's profile allows
  ingress of shop/api
      GlobalNetworkPolicy(log), rule 0: Log
      NetworkPolicy(shop/api), rule 0: no match, by the protocol or the ports
    → end of tier "default": Deny`,
  )
})

test('says which policies select a pod, and what a selector or a policy selects', () => {
  const office = globalNetworkSet('office').labels({ role: 'web' }).nets('192.0.2.0/24')
  const world = orThrow(compile({ resources: [api, quiet, office], pods }))
  assert.equal(world.policiesOf('shop/api'), [
    { policy: 'NetworkPolicy(shop/api)', tier: 'default', types: ['Ingress'], certain: true },
  ])
  assert.equal(world.policiesOf('shop/web'), [])
  const none = { pods: [], hostEndpoints: [], networkSets: [], perhaps: [] }
  assert.equal(orThrow(world.peersOf("role == 'web'")), {
    ...none,
    pods: ['shop/web'],
    networkSets: ['GlobalNetworkSet(office)'],
  })
  assert.equal(world.peersOfPolicy('NetworkPolicy(shop/api)'), { ...none, pods: ['shop/api'] })
  assert.equal(world.peersOfPolicy('NetworkPolicy(shop/quiet)'), none)
  assert.is(world.peersOfPolicy('NetworkPolicy(shop/other)'), undefined)
})

test('finds what has nothing to do: rules, policies, and pods that no policy selects', () => {
  const world = orThrow(compile({ resources: [api.denyIngress({ protocol: 'UDP' }), quiet], pods }))
  const flow = { ...tcp, from: 'shop/web', to: 'shop/api', port: 8080 }
  assert.equal(world.unusedRules([flow]), [
    { policy: 'NetworkPolicy(shop/api)', direction: 'Ingress', rule: 1 },
    { policy: 'NetworkPolicy(shop/quiet)', direction: 'Egress', rule: 0 },
  ])
  assert.equal(world.idle(), {
    policies: ['NetworkPolicy(shop/quiet)'],
    pods: { Ingress: ['shop/web', 'shop/db'], Egress: ['shop/web', 'shop/api', 'shop/db'] },
  })
})

test('gives staged policies no say, or takes them as if they were in force', () => {
  const resources = [stagedNetworkPolicy('none', 'shop').denyIngress()]
  const flow = { ...tcp, from: 'shop/web', to: 'shop/api', port: 80 }
  assert.is(orThrow(compile({ resources, pods })).verdict(flow).decision, 'allowed')
  assert.is(orThrow(compile({ resources, pods }, { staged: 'enforced' })).verdict(flow).decision, 'denied')
})

test.run()
