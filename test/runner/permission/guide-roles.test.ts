import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { type MemoryClusterOptions, memoryCluster } from '../../../src/testing/index.js'
import { type Rule, rulesOfTheGuide } from './guide-roles.js'

const guide = suite("the guide's roles")
const { byPod, native } = rulesOfTheGuide()
const onRuns = byPod.filter(({ apiGroups }) => !apiGroups.includes('crd.projectcalico.org'))

const asUser = (name: string, rules: ReadonlyArray<Rule>): ReadonlyArray<KubeObject> => {
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name } }
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }]
  return [
    { ...rbac, kind: 'ClusterRole', rules },
    { ...rbac, kind: 'ClusterRoleBinding', roleRef, subjects },
  ]
}

const cases: ReadonlyArray<readonly [MemoryClusterOptions, ReadonlyArray<Rule>, 'pod' | 'api']> = [
  ...['3.28.5', '3.29.7', '3.31.6', '3.32.1'].map((calico) => [{ calico }, byPod, 'pod'] as const),
  [{ calico: '3.32.1', native: true }, [...onRuns, ...native], 'pod'],
  [{ calico: '3.32.1', native: true }, native, 'api'],
]

for (const [options, rules, transport] of cases) {
  const mode = options.native === true ? ' in native mode' : ''
  guide(`are enough by ${transport} with Calico ${options.calico}${mode}`, async () => {
    const cluster = memoryCluster({ ...options, namespaces: ['shop'], objects: asUser('ci', rules) })
    const runner = createRunner({
      owner: 'own',
      cluster: cluster.as('ci'),
      namespace: 'shop',
      kinds: ['NetworkPolicy'],
      transport,
    })
    const web = networkPolicy('web', 'shop').allowIngress()
    await runner.apply([web, networkPolicy('api', 'shop')])
    const { items } = await runner.apply([web.order(7)], { prune: true, rollback: true })
    assert.equal(items.map(({ outcome }) => outcome).sort(), ['deleted', 'updated'])
    assert.equal((await runner.cleanup()).removed, ['NetworkPolicy(shop/web)'])
  })
}

guide.run()
