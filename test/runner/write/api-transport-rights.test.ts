import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster } from '../../../src/cluster/port.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner, type Runner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { failureOf } from '../observe.js'

const rights = suite("rights of the Runner through Kubernetes' API")

const web = networkPolicy('web', 'shop').order(10).allowIngress()

const may = (
  resources: ReadonlyArray<string>,
  verbs: ReadonlyArray<string>,
  names?: ReadonlyArray<string>,
) => ({
  apiGroups: ['projectcalico.org'],
  resources,
  verbs,
  ...(names === undefined ? {} : { resourceNames: names }),
})

const permitted = (rules: ReadonlyArray<object>): Cluster =>
  memoryCluster({
    namespaces: ['shop'],
    calico: '3.32.1',
    native: true,
    objects: [
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'writer' },
        rules,
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'writer' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'writer' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'writer' }],
      },
    ],
  }).as('writer')

const enough = [
  may(['clusterinformations'], ['get'], ['default']),
  may(['networkpolicies'], ['list', 'create', 'update', 'delete']),
  may(['tiers'], ['get'], ['default']),
  may(['tier.networkpolicies'], ['create', 'update', 'delete'], ['default.*']),
]

const ownerOf = (cluster: Cluster): Runner =>
  createRunner({ owner: 'own', cluster, transport: 'api', kinds: ['NetworkPolicy'] })

rights('needs no more than rights on the resources, and on their tiers as Calico asks for them', async () => {
  const runner = ownerOf(permitted(enough))
  await runner.apply([web])
  assert.equal((await runner.apply([web.order(11)])).items, [
    { name: 'NetworkPolicy(shop/web)', outcome: 'updated' },
  ])
  const status = await runner.status()
  const { removed, unsearched } = await runner.cleanup()
  assert.equal(removed, ['NetworkPolicy(shop/web)'])
  // Where a run by a pod would leave something: that it was not looked for is told, and is no failure.
  const leftByPods = [
    'clusterrolebindings',
    ...['rolebindings in default', 'clusterroles', 'roles in default', 'serviceaccounts in default'],
    ...['jobs in default', 'configmaps in default', 'leases in default'],
  ]
  assert.equal([status.unread, status.unsearched.map(({ name }) => name)], [[], leftByPods])
  assert.equal(
    unsearched.map(({ name }) => name),
    [...leftByPods, 'pods in default', 'namespaces'],
  )
  assert.match(unsearched[0]?.cause ?? '', /cannot list resource "clusterrolebindings"/)
})

rights(
  'takes a right on the policy itself for one on all of its tier, where the policy is there',
  async () => {
    const rules = [
      ...enough.slice(0, 3),
      may(['tier.networkpolicies'], ['create'], ['default.*']),
      may(['tier.networkpolicies'], ['update', 'delete'], ['web']),
    ]
    const runner = ownerOf(permitted(rules))
    await runner.apply([web])
    await runner.apply([web.order(11)])
    assert.equal((await runner.apply([], { prune: true })).items, [
      { name: 'NetworkPolicy(shop/web)', outcome: 'deleted' },
    ])
  },
)

rights('asks beforehand for the right to delete in the tier, for prune and for rollback', async () => {
  const rules = [...enough.slice(0, 3), may(['tier.networkpolicies'], ['create', 'update'], ['default.*'])]
  const runner = ownerOf(permitted(rules))
  const { te } = runner
  await runner.apply([web])
  for (const failure of [
    failureOf(await te.apply([], { prune: true })()),
    failureOf(await te.apply([networkPolicy('other', 'shop')], { rollback: true })()),
  ]) {
    assert.equal(failure._tag === 'MissingPermissions' && failure.missing, [
      'delete tier.networkpolicies.projectcalico.org in shop named default.*',
    ])
  }
})

for (const [fact, missing, rules] of [
  ['the tier', ['get tiers.projectcalico.org named default'], enough.filter((_, index) => index !== 2)],
  [
    'the policies of the tier',
    ['create tier.networkpolicies.projectcalico.org in shop named default.*'],
    enough.filter((_, index) => index !== 3),
  ],
] as const) {
  rights(`asks beforehand for the right on ${fact}`, async () => {
    const failure = failureOf(await ownerOf(permitted(rules)).te.apply([web])())
    assert.equal(failure._tag === 'MissingPermissions' && failure.missing, missing)
  })
}

rights.run()
