import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Invalid, orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import type { Peer } from '../../../src/policy/compiled-world.js'
import { replay } from '../../../src/policy/index.js'
import { knownPod } from '../known-pod.js'

const test = suite('an address that several pods have')

const shared = '10.0.0.5'
const pods = [
  { ...knownPod('web'), ip: '10.0.0.1' },
  { ...knownPod('api'), ip: shared },
  { ...knownPod('old'), ips: [shared, 'fd00::5'] },
]
const resources = [networkPolicy('api', 'shop').selector("role == 'api'").denyIngress().denyEgress()]
const world = orThrow(compile({ resources, pods }))
const tcp = { protocol: 'TCP', sourcePort: 40000, port: 80 } as const
const which = 'which of the pods that have 10.0.0.5 is meant: shop/api, shop/old'

test('stands for none of them, as text and as an endpoint, at either end', () => {
  for (const peer of [shared, { _tag: 'Address', ip: shared }] satisfies ReadonlyArray<Peer>)
    for (const flow of [
      { from: 'shop/web', to: peer },
      { from: '192.0.2.1', to: peer },
      { from: peer, to: 'shop/web' },
    ]) {
      const { decision, missing } = world.verdict({ ...flow, ...tcp })
      assert.equal([decision, missing], ['unknown', [which]])
      assert.is(world.explain({ ...flow, ...tcp }).decision, 'unknown')
    }
})

test('is one pod’s at the other one of its addresses, and anybody’s elsewhere', () => {
  const ask = (from: string, to: string) => world.verdict({ from, to, ...tcp }).decision
  assert.is(ask('fd00::1', 'fd00::5'), 'allowed')
  assert.is(ask('shop/web', 'shop/api'), 'denied')
  assert.is(ask('shop/web', '192.0.2.1'), 'allowed')
})

test('is not known to be reached, among who can talk to whom', () => {
  const { pairs } = world.connectivity({ shared: { _tag: 'Address', ip: shared } })
  const found = [...pairs()].find(({ from, to }) => from === 'shop/web' && to === 'shared')
  assert.equal(found?.allowed, [])
  assert.ok((found?.unknown.length ?? 0) > 0)
})

test('has no policies and no exposure of its own: an issue names the pods', () => {
  const isTold = ({ issues: [{ rule, message, hint }] }: Invalid) => {
    assert.equal([rule, message], ['no-such-peer', '2 pods have 10.0.0.5'])
    assert.is(hint, 'name the one that is meant: shop/api, shop/old')
  }
  for (const peer of [shared, { _tag: 'Address', ip: shared }] satisfies ReadonlyArray<Peer>) {
    const exposure = world.exposure(peer)
    assert.ok(exposure._tag === 'Left')
    isTold(exposure.left)
    assert.throws(
      () => world.policiesOf(peer),
      (error: Invalid) => {
        isTold(error)
        return true
      },
    )
  }
})

test('is any of them in a flow log', () => {
  const flow = {
    from: { _tag: 'Address', ip: '192.0.2.1' },
    to: { _tag: 'Address', ip: shared },
    protocol: 'TCP',
    port: 80,
    count: 1,
  } as const
  assert.equal(
    replay([flow], world).unknown.map(({ missing }) => missing),
    [['which of the pods it was: they fare differently']],
  )
  const open = orThrow(compile({ pods }))
  assert.is(replay([flow], open).after.allowed, 1)
})

test('is named with the first of many pods', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({ ...knownPod(`p${i}`), ip: shared }))
  const { missing } = orThrow(compile({ resources, pods: many })).verdict({
    from: '192.0.2.1',
    to: shared,
    ...tcp,
  })
  assert.equal(missing, [
    'which of the pods that have 10.0.0.5 is meant: shop/p0, shop/p1, shop/p2, shop/p3, shop/p4 and 3 more',
  ])
})

test('is the node’s, where they are on its network, or given with its address', () => {
  const onHost = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, labels: { role: 'api' } },
    spec: { hostNetwork: true, nodeName: 'n1', containers: [] },
    status: { podIP: '192.0.2.10', podIPs: [{ ip: '192.0.2.10' }] },
  })
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: { addresses: [{ type: 'InternalIP', address: '192.0.2.10' }] },
  }
  const described = ['a', 'b'].map((name) => ({ ...knownPod(name, { role: 'api' }), ip: '192.0.2.10' }))
  for (const those of [[onHost('a'), onHost('b')], described]) {
    const there = orThrow(compile({ resources: [...resources, node], pods: [...pods, ...those] }))
    for (const peer of ['192.0.2.10', 'node:n1'])
      assert.is(there.verdict({ from: '198.51.100.7', to: peer, ...tcp }).decision, 'allowed', peer)
    assert.equal(there.policiesOf('192.0.2.10'), [])
  }
})

test('is one pod’s again when the other is gone', () => {
  const after = orThrow(world.with({ remove: ['Pod(shop/old)'] }))
  assert.is(after.verdict({ from: 'shop/web', to: shared, ...tcp }).decision, 'denied')
})

test.run()
