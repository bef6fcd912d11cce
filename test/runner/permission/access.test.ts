import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { globalNetworkPolicy, networkPolicy } from '../../../src/index.js'
import {
  type Access,
  grantedAccess,
  neededAccess,
  printAccess,
} from '../../../src/runner/permission/access.js'
import { prepare } from '../../../src/runner/plan/prepare.js'
import { podTransport } from '../../../src/runner/pod/pod-transport.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { differences, labelled, snapshot } from '../../faults/cluster-snapshot.js'
import { callOf } from '../begin-call.js'
import { intercepted, isWrite, status } from '../intercept.js'
import { failureOf } from '../observe.js'

const permissions = suite('permissions')
const user = 'ci'
const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})
const former = [policy('changed'), policy('dropped')]
const wanted = [
  policy('changed', 2),
  policy('new'),
  globalNetworkPolicy('all').selector("app == 'w'").denyIngress({}),
]

const name = (access: Access): string => printAccess(access).replace(/[^a-z]+/g, '-')

/** Exactly these permissions, each by a role of its own. */
const grant = (accesses: ReadonlyArray<Access>): ReadonlyArray<KubeObject> =>
  accesses.flatMap((access, index) => {
    const kind = access.namespace === undefined ? 'ClusterRole' : 'Role'
    const metadata = {
      name: `${index}-${name(access)}`.slice(0, 60).replace(/-$/, ''),
      ...(access.namespace === undefined ? {} : { namespace: access.namespace }),
    }
    const apiVersion = 'rbac.authorization.k8s.io/v1'
    const resourceNames = access.name === undefined ? {} : { resourceNames: [access.name] }
    return [
      {
        apiVersion,
        kind,
        metadata,
        rules: [
          { apiGroups: [access.group], resources: [access.resource], verbs: [access.verb], ...resourceNames },
        ],
      },
      {
        apiVersion,
        kind: `${kind}Binding`,
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name },
        subjects: [{ kind: 'User', name: user, apiGroup: 'rbac.authorization.k8s.io' }],
      },
    ]
  })

const calico = (verb: string, resource: string): Access => ({
  verb,
  group: 'crd.projectcalico.org',
  resource,
})
/** What the Runner must be able to read before it can say what else it needs. */
const toLook = [
  calico('get', 'clusterinformations'),
  ...[
    'networkpolicies',
    'globalnetworkpolicies',
    'globalnetworksets',
    'networksets',
    'hostendpoints',
    'ippools',
    'ipreservations',
    'bgpconfigurations',
    'bgppeers',
    'bgpfilters',
    'felixconfigurations',
    'kubecontrollersconfigurations',
  ].map((resource) => calico('list', resource)),
]

/** What the Runner says that this apply needs. */
const needed = async (rollback: boolean): Promise<ReadonlyArray<Access>> => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply(former)
  const call = callOf({ owner: 'own', cluster, namespace: 'shop' })
  const { context, prepared } = orThrow(await prepare(call, wanted, { prune: true })())
  const writing = orThrow(await podTransport(context, prepared)())
  const need = { ...writing, calico: context.calico, plan: prepared.plan, rollback }
  const all = [...neededAccess(need), ...grantedAccess(writing.grants)]
  return [...new Map(all.map((access) => [printAccess(access), access])).values()]
}

const worldWith = async (accesses: ReadonlyArray<Access>) => {
  const cluster = memoryCluster({ namespaces: ['shop'], objects: grant(accesses) })
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply(former)
  return { cluster, mine: createRunner({ owner: 'own', cluster: cluster.as(user), namespace: 'shop' }) }
}

permissions(
  'I10: what is said to be needed is enough for apply with prune, and leaves nothing of the run',
  async () => {
    const { cluster, mine } = await worldWith([...toLook, ...(await needed(false))])
    const report = await mine.apply(wanted, { prune: true })
    assert.equal(report.left, [])
    const left = labelled(await snapshot(cluster), 'own').filter((key) => !key.includes('NetworkPolicy'))
    assert.equal(left, [])
  },
)

permissions('I10: each single permission that is missing is named, before anything is written', async () => {
  const all = await needed(false)
  const isLook = ({ verb, resource }: Access): boolean =>
    toLook.some((look) => look.verb === verb && look.resource === resource)
  for (const missing of all.filter((access) => !isLook(access))) {
    const rest = all.filter((access) => access !== missing)
    const { cluster, mine } = await worldWith([...toLook, ...rest])
    const before = await snapshot(cluster)
    const failure = failureOf(await mine.te.apply(wanted, { prune: true })())
    if (failure._tag !== 'MissingPermissions')
      return assert.unreachable(`${printAccess(missing)}: ${failure.message}`)
    assert.equal(failure.missing, [printAccess(missing)])
    assert.match(failure.yaml, new RegExp(`- ${missing.verb}\n`))
    assert.equal(differences(before, await snapshot(cluster)), [])
    assert.equal((await mine.plan(wanted, { prune: true })).missing, [printAccess(missing)])
  }
})

permissions('I10: rollback asks for what it may have to do', async () => {
  const [plain, more] = [await needed(false), await needed(true)]
  const told = new Set(plain.map(printAccess))
  assert.equal(
    more.map(printAccess).filter((access) => !told.has(access)),
    ['delete globalnetworkpolicies.crd.projectcalico.org', 'update networkpolicies.crd.projectcalico.org'],
  )
})

permissions('I10: cleanup removes what it may, and names the rest with the permission', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply(wanted)
  const revoked = intercepted(cluster, async ({ method, path }) =>
    method === 'DELETE' && path.includes('/globalnetworkpolicies/')
      ? status(403, 'Forbidden', 'globalnetworkpolicies is forbidden: User "ci" cannot delete resource')
      : undefined,
  )
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster: revoked, namespace: 'shop' }).te.cleanup()(),
  )
  if (failure._tag !== 'CleanupIncomplete') return assert.unreachable(failure.message)
  assert.equal(failure.report.removed, ['NetworkPolicy(shop/changed)', 'NetworkPolicy(shop/new)'])
  assert.equal(
    failure.report.left.map((it) => it.name),
    ['GlobalNetworkPolicy(all)'],
  )
  assert.match(failure.message, /cannot delete/)
  assert.equal((await createRunner({ owner: 'own', cluster, namespace: 'shop' }).cleanup()).removed, [
    'GlobalNetworkPolicy(all)',
  ])
})

permissions(
  'I10: a permission that is revoked in the middle of a run is told, and cleanup takes the rest',
  async () => {
    for (const after of [1, 3, 5, 7]) {
      const cluster = memoryCluster({ namespaces: ['shop'] })
      let writes = 0
      const revoked = intercepted(cluster, async (request) =>
        isWrite(request) && ++writes > after
          ? status(403, 'Forbidden', 'x is forbidden: User "ci" cannot do that')
          : undefined,
      )
      const failure = failureOf(
        await createRunner({ owner: 'own', cluster: revoked, namespace: 'shop' }).te.apply(wanted)(),
      )
      assert.is(failure._tag === 'Interrupted' && failure.cause._tag, 'Forbidden')
      assert.ok(failure._tag === 'Interrupted' && failure.report.left.length > 0)
      await createRunner({ owner: 'own', cluster, namespace: 'shop' }).cleanup()
      assert.equal(labelled(await snapshot(cluster), 'own'), [])
    }
  },
)

permissions('works with a service account that exists, and asks for no right to make roles', async () => {
  const account = 'calicoctl'
  const admin = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'calicoctl' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'calicoctl' },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'shop' }],
  }
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'calicoctl' },
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  }
  const serviceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: account, namespace: 'shop' },
  }
  const inShop = (verbs: ReadonlyArray<string>, group: string, resource: string): ReadonlyArray<Access> =>
    verbs.map((verb) => ({ verb, group, resource, namespace: 'shop' }))
  const rights = [
    ...toLook,
    ...inShop(['create', 'list', 'delete', 'get'], 'batch', 'jobs'),
    ...inShop(['create', 'list', 'delete'], '', 'configmaps'),
    ...inShop(['create', 'list', 'delete', 'get'], 'coordination.k8s.io', 'leases'),
    ...inShop(['list'], '', 'pods'),
    ...inShop(['get'], '', 'pods/log'),
    calico('delete', 'networkpolicies'),
    calico('delete', 'globalnetworkpolicies'),
  ]
  const cluster = memoryCluster({
    namespaces: ['shop'],
    objects: [role, admin, serviceAccount, ...grant(rights)],
  })
  const runner = createRunner({
    owner: 'own',
    cluster: cluster.as(user),
    namespace: 'shop',
    rbac: { serviceAccount: account },
  })
  const report = await runner.apply(wanted)
  assert.equal(report.left, [])
  assert.ok(E.isRight(await runner.te.cleanup()()), 'cleanup needs no right to look for roles either')
  assert.equal(labelled(await snapshot(cluster), 'own'), [])
})

permissions.run()
