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

essences.run()
