import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  globalNetworkPolicy,
  globalNetworkSet,
  networkPolicy,
  orThrow,
  type Resource,
} from '../../src/index.js'
import { compile } from '../../src/policy/compile.js'
import { contains, equivalent, interferes } from '../../src/policy/proofs.js'
import type { Workload } from '../../src/policy/world/flow.js'
import { knownPod } from './known-pod.js'

const proofs = suite('a proof')

const worldOf = (...resources: ReadonlyArray<Resource>) => orThrow(compile({ resources }))
const proven = { _tag: 'Proven' }

const api = networkPolicy('api', 'shop').selector("role == 'api'")
const fromWeb = (selector: string) =>
  worldOf(api.allowIngress({ protocol: 'TCP', source: { selector }, destination: { ports: [8080] } }))

proofs('takes selectors for the same that are written otherwise', () => {
  assert.equal(
    equivalent(fromWeb("role in { 'web', 'edge' }"), fromWeb("role == 'web' || role == 'edge'")),
    proven,
  )
  assert.equal(equivalent(fromWeb("role == 'web'"), fromWeb("!(role != 'web')")), proven)
  assert.equal(
    equivalent(fromWeb("role starts with 'web'"), fromWeb("role starts with 'we' && role contains 'web'"))
      ._tag,
    'Refuted',
  )
})

proofs('takes networks for the same that cover the same', () => {
  const from = (...nets: ReadonlyArray<string>) => worldOf(api.allowIngress({ source: { nets } }))
  assert.equal(equivalent(from('10.0.0.0/8'), from('10.0.0.0/9', '10.128.0.0/9')), proven)
  const set = globalNetworkSet('office').labels({ who: 'office' }).nets('10.0.0.0/8')
  const guard = globalNetworkPolicy('guard').selector("role == 'api'")
  const bySet = worldOf(guard.allowIngress({ source: { selector: "who == 'office'" } }), set)
  const byNet = worldOf(guard.allowIngress({ source: { nets: ['10.0.0.0/8'] } }), set)
  // A pod may have the label as well.
  assert.equal(equivalent(byNet, bySet)._tag, 'Refuted')
  assert.equal(contains(bySet, byNet), proven)
})

proofs('refutes with labels that nobody has yet, and that verdict says the same of', () => {
  const [a, b] = [
    fromWeb("role == 'web'"),
    fromWeb("role == 'web' || (has(team) && team not in { 'x', 'y' })"),
  ]
  const proof = equivalent(a, b)
  assert.is(proof._tag, 'Refuted')
  if (proof._tag !== 'Refuted') return
  const { flow, verdicts } = proof.counterexample
  assert.equal(
    verdicts.map(({ decision }) => decision),
    ['denied', 'allowed'],
  )
  assert.equal(
    [a, b].map((world) => world.verdict(flow).decision),
    ['denied', 'allowed'],
  )
  assert.ok(flow.from._tag === 'Workload' && flow.from.labels?.team !== undefined)
  assert.ok(flow.to._tag === 'Workload' && flow.to.labels?.role === 'api')
  assert.equal(contains(b, a), proven)
  assert.is(contains(a, b)._tag, 'Refuted')
})

proofs('never takes two pods of one namespace for pods of two', () => {
  const team = globalNetworkPolicy('guard').namespaceSelector('!has(team)')
  const from = (namespaceSelector: string) =>
    worldOf(team.denyIngress({ source: { namespaceSelector } }).allowIngress())
  const found = equivalent(from('has(team)'), from("has(team) && projectcalico.org/name == 'shop'"))
  assert.is(found._tag, 'Refuted')
  if (found._tag === 'Refuted') {
    const { from, to } = found.counterexample.flow
    assert.ok(from._tag === 'Workload' && to._tag === 'Workload' && from.namespace !== to.namespace)
  }
  const inShop = (more: string) => `projectcalico.org/name == 'shop' && ${more}`
  const shop = globalNetworkPolicy('guard').namespaceSelector(inShop('!has(team)'))
  const impossible = shop.denyIngress({ source: { namespaceSelector: inShop('has(team)') } }).allowIngress()
  assert.equal(equivalent(worldOf(impossible), worldOf(shop.allowIngress())), proven)
})

proofs('says what it does not know, and is never definite on it', () => {
  const dns = { services: { name: 'dns', namespace: 'kube-system' } }
  const some = worldOf(networkPolicy('dns', 'shop').allowEgress({ destination: dns }))
  assert.equal(equivalent(some, some), proven)
  const found = equivalent(some, worldOf(networkPolicy('dns', 'shop').types('Egress')))
  assert.is(found._tag, 'Unknown')
  if (found._tag === 'Unknown')
    assert.match(found.why.join(), 'the EndpointSlices of the service kube-system/dns')
  const intent = some.allows({ destination: { selector: 'role ==' } })
  assert.is(intent._tag, 'Unknown')
})

proofs('looks at no more cases than it may', () => {
  const many = Array.from({ length: 8 }, (_, i) =>
    api.selector(`has(k${i})`).allowIngress({ source: { selector: `k${i} == 'a'` } }),
  ).map((it, i) => ({ ...it, metadata: { ...it.metadata, name: `p${i}` } }) as Resource)
  const found = worldOf(...many).allows(
    {
      protocol: 'TCP',
      source: { selector: "k0 == 'b'" },
      destination: { selector: 'has(k1) && has(none) && !has(none)' },
    },
    { cases: 1 },
  )
  assert.is(found._tag, 'Proven', 'nothing is meant')
  const spent = worldOf(...many).forbids({ protocol: 'TCP' }, { cases: 3 })
  assert.equal(spent, { _tag: 'Unknown', why: ['more cases than were to be looked at'] })
})

proofs('proves that an intent is allowed, or forbidden, or shows a flow', () => {
  const world = worldOf(
    globalNetworkPolicy('no-metadata')
      .order(1)
      .denyEgress({ destination: { nets: ['169.254.169.254/32'] } })
      .allowEgress(),
    api.allowIngress({
      protocol: 'TCP',
      source: { selector: "role == 'web'" },
      destination: { ports: [8080] },
    }),
  )
  const toApi = { namespaceSelector: "projectcalico.org/name == 'shop'", selector: "role == 'api'" }
  const fromShop = { namespaceSelector: "projectcalico.org/name == 'shop'", selector: "role == 'web'" }
  const metadata = { nets: ['169.254.169.254/32'] }
  // Nothing holds back what is no pod.
  assert.is(world.forbids({ destination: metadata })._tag, 'Refuted')
  assert.equal(world.forbids({ source: { namespaceSelector: 'all()' }, destination: metadata }), proven)
  assert.equal(
    world.allows({ protocol: 'TCP', source: fromShop, destination: { ...toApi, ports: [8080] } })._tag,
    'Refuted',
    'a pod may be given the address of the metadata service',
  )
  const noNets = { ...toApi, notNets: ['169.254.169.254/32'] }
  assert.equal(world.forbids({ protocol: 'UDP', destination: toApi }), proven)
  assert.is(world.forbids({ protocol: 'TCP', destination: noNets })._tag, 'Refuted')
})

const pod = (name: string, role: string): Workload => ({
  ...knownPod(name, { role }),
  ip: `10.0.0.${name.length}`,
})

proofs('over the given pods alone holds more than over all that may come', () => {
  const pods = [pod('web', 'web'), pod('api-1', 'api'), pod('api-12', 'api')]
  const world = (...resources: ReadonlyArray<Resource>) => orThrow(compile({ resources, pods }))
  const [a, b] = [
    world(api.allowIngress({ source: { selector: "role == 'web'" } })),
    world(api.allowIngress({ source: { selector: "role not in { 'api' }" } })),
  ]
  assert.is(equivalent(a, b)._tag, 'Refuted')
  assert.equal(equivalent(a, b, { over: 'given' }), proven)
  const refuted = equivalent(a, world(), { over: 'given' })
  assert.is(refuted._tag, 'Refuted')
  if (refuted._tag === 'Refuted')
    assert.equal(
      refuted.counterexample.verdicts.map(({ decision }) => decision),
      ['denied', 'allowed'],
    )
  assert.equal(
    a.forbids(
      { source: { selector: "role == 'api'" }, destination: { selector: "role == 'api'" } },
      { over: 'given' },
    ),
    proven,
  )
  assert.equal(a.redundant('NetworkPolicy(shop/api)', { over: 'given' })._tag, 'Refuted')
})

proofs('finds a policy redundant that only says again what others say', () => {
  const again = networkPolicy('again', 'shop')
    .selector("role == 'api'")
    .order(5000)
    .allowIngress({
      protocol: 'TCP',
      source: { selector: "role == 'web'" },
      destination: { ports: ['8000:8100'] },
    })
  const wide = networkPolicy('wide', 'shop')
    .order(1)
    .allowIngress({ protocol: 'TCP', destination: { ports: ['8000:9000'] } })
  const world = worldOf(again, wide)
  assert.equal(world.redundant('NetworkPolicy(shop/again)'), proven)
  assert.is(world.redundant('NetworkPolicy(shop/wide)')._tag, 'Refuted')
  assert.is(world.redundant('NetworkPolicy(shop/none)')._tag, 'Unknown')
})

proofs('says whether policies come between others', () => {
  const team = worldOf(api.allowIngress({ protocol: 'TCP', destination: { ports: [8080] } }))
  const guard = worldOf(
    globalNetworkPolicy('guard')
      .order(1)
      .selector("role == 'api'")
      .denyIngress({ protocol: 'TCP', destination: { ports: ['8000:9000'] } }),
  )
  const found = interferes(team, guard)
  assert.is(found._tag, 'Interferes')
  if (found._tag === 'Interferes')
    assert.equal(
      found.example.verdicts.map(({ decision }) => decision),
      ['allowed', 'denied'],
    )
  const other = worldOf(networkPolicy('db', 'shop').selector("role == 'db'").denyIngress())
  assert.equal(interferes(team, other), { _tag: 'Independent' })
})

proofs.run()
