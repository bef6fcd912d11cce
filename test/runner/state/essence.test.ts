import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Resource } from '../../../src/model/resource.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { api, same, seen } from './filled-cluster.js'

const essences = suite('what of a resource is compared')

essences('I5, I14: a pool in the long form of its net is the one that calicoctl stores', async () => {
  const poolOf = (cidr: string, rest: object = {}) =>
    ({
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name: 'pool' },
      spec: { cidr, ...rest },
    }) as Resource
  for (const [long, short, rest] of [
    ['2001:0db8:0::/64', '2001:db8::/64', {}],
    ['2001:DB8::1/128', '2001:db8::1/128', { blockSize: 128 }],
    ['192.0.2.1/32', '192.0.2.1/32', { blockSize: 32 }],
  ] as const) {
    const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.28.5' })
    const pod = createRunner({ owner: 'own', cluster, namespace: 'shop' })
    for (const runner of [pod, api().runner]) {
      await runner.apply([poolOf(long, rest)])
      assert.equal(await seen(runner, poolOf(long, rest)), same, long)
      assert.equal(await seen(runner, poolOf(short, rest)), same, short)
      const other = { ...rest, disabled: true }
      assert.equal((await seen(runner, poolOf(long, other))).fields, ['spec.disabled'])
    }
  }
})

essences('a length of time is the one that calicoctl stores', async () => {
  const of = (kind: string, spec: object) =>
    ({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name: 'own' }, spec }) as Resource
  const felix = (time: string, timeout = '1m') =>
    of('FelixConfiguration', {
      routeRefreshInterval: time,
      healthTimeoutOverrides: [{ name: 'InternalDataplaneMainLoop', timeout }],
    })
  const peer = (time: string) =>
    of('BGPPeer', { peerIP: '192.0.2.1', asNumber: 64_512, maxRestartTime: time })
  for (const [written, alike, other] of [
    [felix('90s'), felix('1m30s', '60s'), felix('91s')],
    [felix('1.5h', '0'), felix('90m', '0s'), felix('90m', '1s')],
    [peer('2m'), peer('120s'), peer('121s')],
  ] as const) {
    const cluster = memoryCluster({ namespaces: ['shop'], calico: '3.28.5' })
    const pod = createRunner({ owner: 'own', cluster, namespace: 'shop' })
    for (const runner of [pod, api().runner]) {
      const { items } = await runner.apply([written])
      assert.equal(
        items.map((it) => it.outcome),
        ['created'],
      )
      assert.equal(await seen(runner, written), same)
      assert.equal(await seen(runner, alike), same)
      assert.is((await seen(runner, other)).fields.length, 1)
      assert.equal(
        (await runner.apply([alike])).items.map((it) => it.outcome),
        ['unchanged'],
      )
    }
  }
})

essences.run()
