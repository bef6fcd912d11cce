import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../src/testing/index.js'
import { bad, ok } from '../cluster/contract-ground.js'
import { intercepted } from '../runner/intercept.js'
import { failureOf } from '../runner/observe.js'

const tiers = suite('tiers on the in-memory cluster')

const tierLabel = 'projectcalico.org/tier'

/** How a release of Calico stores a policy of the default tier. */
const storedBy = async (calico: string) => {
  const cluster = memoryCluster({ calico, namespaces: ['shop'] })
  const policy = networkPolicy('web', 'shop').allowIngress()
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([policy])
  const { items } = ok(await cluster.list(storageType('NetworkPolicy'))())
  return items.map(({ metadata: { name, labels = {}, annotations = {} }, spec }) => [
    name,
    JSON.parse(annotations['projectcalico.org/metadata'] ?? '{}').name,
    labels[tierLabel],
    Object(spec).tier,
  ])
}

for (const [calico, stored] of [
  ['3.28.5', ['default.web', undefined, undefined, undefined]],
  ['3.31.6', ['default.web', 'web', undefined, undefined]],
  ['3.32.1', ['web', 'web', 'default', 'default']],
] as const) {
  tiers(`a policy of the default tier is stored by ${calico} as ${stored[0]}`, async () => {
    assert.equal(await storedBy(calico), [stored])
  })
}

const unreadable = {
  status: 403,
  headers: {},
  body: JSON.stringify({ kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden' }),
}

tiers('calicoctl looks up the tier of what it creates, from 3.29 on', async () => {
  const memory = memoryCluster({ calico: '3.31.6', namespaces: ['shop'] })
  // The Runner would say it first, if it could read tiers.
  const cluster = intercepted(memory, async ({ method, path }) =>
    method === 'GET' && path.endsWith('/tiers/ops') ? unreadable : undefined,
  )
  const policy = networkPolicy('ops.web', 'shop').tier('ops')
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster, namespace: 'shop' }).te.apply([policy])(),
  )
  assert.match(
    failure.message,
    /resource does not exist: Tier\(ops\) with error: tiers\.crd\.projectcalico\.org "ops" not found/,
  )
})

const native = () => memoryCluster({ calico: '3.32.1', native: true, namespaces: ['shop'] })
const type = storageType('NetworkPolicy', 'projectcalico.org')
const bare = (spec: object): KubeObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
})

for (const [rules, types] of [
  [{}, ['Ingress']],
  [{ egress: [] }, ['Egress']],
  [{ ingress: [], egress: [] }, ['Ingress', 'Egress']],
] as const) {
  tiers(`native mode fills in tier, label and types of ${JSON.stringify(rules)}`, async () => {
    const { metadata, spec } = ok(await native().create(type, bare(rules))())
    assert.equal(metadata.labels, { [tierLabel]: 'default' })
    assert.equal(spec, { ...rules, tier: 'default', types })
  })
}

const role = (rules: ReadonlyArray<object>): ReadonlyArray<KubeObject> => {
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'ci' } }
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'ci' }
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'ci' }]
  return [
    { ...rbac, kind: 'ClusterRole', rules },
    { ...rbac, kind: 'ClusterRoleBinding', roleRef, subjects },
  ]
}

const may = (resource: string, verbs: ReadonlyArray<string>, resourceNames: ReadonlyArray<string> = []) => ({
  apiGroups: ['projectcalico.org'],
  resources: [resource],
  verbs,
  resourceNames,
})

tiers('native mode asks for rights on the tier, too, whoever writes or deletes', async () => {
  const base = may('networkpolicies', ['create', 'delete'])
  const get = may('tiers', ['get'], ['default'])
  const refusal = async (...rules: ReadonlyArray<object>): Promise<string> => {
    const objects = role([base, ...rules])
    const cluster = memoryCluster({ calico: '3.32.1', native: true, namespaces: ['shop'], objects })
    return bad(await cluster.as('ci').create(type, bare({}))(), 'Forbidden').message
  }
  const words =
    'User "ci" cannot create networkpolicies.projectcalico.org in tier "default" and namespace "shop"'
  assert.ok((await refusal()).endsWith(`${words} (user cannot get tier)`))
  assert.ok((await refusal(get)).endsWith(words))
  assert.ok((await refusal(get, may('tier.networkpolicies', ['update'], ['default.*']))).endsWith(words))

  const objects = role([base, get, may('tier.networkpolicies', ['create'], ['default.*'])])
  const cluster = memoryCluster({ calico: '3.32.1', native: true, namespaces: ['shop'], objects })
  const { metadata } = ok(await cluster.as('ci').create(type, bare({}))())
  const ref = { type, name: 'web', namespace: 'shop' }
  const only = { uid: metadata.uid ?? '', resourceVersion: metadata.resourceVersion ?? '' }
  assert.match(bad(await cluster.as('ci').remove(ref, only)(), 'Forbidden').message, /cannot delete/)
})

tiers.run()
