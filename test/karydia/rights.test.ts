import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputsOf } from '../../examples/karydia/src/inputs.js'
import { apply, cleanup } from '../../examples/karydia/src/run.js'
import type { Cluster, KubeObject, ResourceType } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { type MemoryCluster, memoryCluster } from '../../src/testing/index.js'
import { helmTests } from './helm.js'
import { hookOf, rendered, switchedOn } from './rendered.js'

const tests = suite("the rights of the hooks of karydia's overlay")
const withHelm = await helmTests(tests)

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const
const core = { group: '', version: 'v1' } as const
const types: ReadonlyArray<ResourceType> = [
  { ...core, resource: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true },
  { ...rbac, resource: 'clusterroles', kind: 'ClusterRole', namespaced: false },
  { ...rbac, resource: 'roles', kind: 'Role', namespaced: true },
  { ...rbac, resource: 'clusterrolebindings', kind: 'ClusterRoleBinding', namespaced: false },
  { ...rbac, resource: 'rolebindings', kind: 'RoleBinding', namespaced: true },
]
const policies = {
  group: 'crd.projectcalico.org',
  version: 'v1',
  resource: 'globalnetworkpolicies',
  kind: 'GlobalNetworkPolicy',
  namespaced: false,
}

interface Brought {
  readonly type: ResourceType
  readonly object: KubeObject
}

/** What the hooks of one event bring but for their Job; or what stays with the release. */
const bring = async (cluster: Cluster, objects: ReadonlyArray<KubeObject>, event?: string) => {
  const brought: Array<Brought> = []
  for (const type of types)
    for (const object of objects.filter((it) => it.kind === type.kind && hookOf(it) === event))
      brought.push({ type, object: orThrow(await cluster.create(type, object)()) })
  return brought
}

/** As Helm does when the hooks have ended, or failed. */
const takeAway = async (cluster: Cluster, brought: ReadonlyArray<Brought>) => {
  for (const { type, object } of brought) {
    const { name, namespace, uid = '', resourceVersion = '' } = object.metadata
    const ref = { type, name, ...(namespace === undefined ? {} : { namespace }) }
    orThrow(await cluster.remove(ref, { uid, resourceVersion })())
  }
}

/** The Job's account in the release's namespace. */
const as = (cluster: MemoryCluster, account: string): Cluster =>
  cluster.as(`system:serviceaccount:karydia:${account}`)

const applied = async (cluster: Cluster): Promise<number> =>
  orThrow(await cluster.list(policies)()).items.length

const never = new AbortController().signal
const quietly = async (run: () => Promise<unknown>): Promise<void> => {
  const { log } = console
  console.log = () => undefined
  await run().finally(() => {
    console.log = log
  })
}

const hosts = { autoCreate: true, failsafeFrom: ['203.0.113.0/24'] }
const provision = switchedOn({ mode: 'provision', level: 'L3', hosts })
const [post, pre] = ['post-install,post-upgrade', 'pre-delete']
const [applier, cleaner] = ['karydia-calico-post-install', 'karydia-calico-pre-delete']
/** What Calico has made by itself. */
const theirs = ['KubeControllersConfiguration', 'FelixConfiguration'].map(
  (kind): KubeObject => ({
    apiVersion: 'crd.projectcalico.org/v1',
    kind,
    metadata: { name: 'default' },
    spec: kind === 'FelixConfiguration' ? { logSeverityScreen: 'Info' } : { controllers: {} },
  }),
)
const clusterWithShop = () =>
  memoryCluster({ namespaces: ['karydia', 'shop'], namespace: 'karydia', objects: theirs })

const settings = async (cluster: Cluster): Promise<ReadonlyArray<unknown>> =>
  Promise.all(
    theirs.map(async ({ kind }) => {
      const resource = `${kind.toLowerCase()}s`
      return orThrow(await cluster.get({ type: { ...policies, resource, kind }, name: 'default' })()).spec
    }),
  )
const asTheyWere = theirs.map(({ spec }) => spec)

withHelm('are enough to apply and to clean up, in mode provision', async () => {
  const objects = await rendered(provision)
  const cluster = clusterWithShop()
  const brought = await bring(cluster, objects, post)
  await quietly(() => apply(as(cluster, applier), inputsOf(provision), never))
  assert.ok((await applied(cluster)) > 0)
  assert.not.equal(await settings(cluster), asTheyWere)
  await takeAway(cluster, brought)
  await bring(cluster, objects, pre)
  await quietly(() => cleanup(as(cluster, cleaner), inputsOf(provision), never))
  assert.is(await applied(cluster), 0)
  assert.equal(await settings(cluster), asTheyWere)
})

withHelm('are enough to apply and to clean up, in mode existing', async () => {
  const existing = switchedOn({ mode: 'existing', level: 'L3', hosts })
  const cluster = clusterWithShop()
  await bring(cluster, await rendered(existing))
  const hook = as(cluster, 'karydia-calico')
  await quietly(() => apply(hook, inputsOf(existing), never))
  assert.ok((await applied(cluster)) > 0)
  assert.not.equal(await settings(cluster), asTheyWere)
  await quietly(() => cleanup(hook, inputsOf(existing), never))
  assert.is(await applied(cluster), 0)
  assert.equal(await settings(cluster), asTheyWere)
})

const job: KubeObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'taken', namespace: 'shop' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'calico/ctl' }] } } },
}
const jobs = { group: 'batch', version: 'v1', resource: 'jobs', kind: 'Job', namespaced: true }
const namespaced = (resource: string, kind: string): ResourceType => ({
  ...core,
  resource,
  kind,
  namespaced: true,
})
const [accounts, configMaps, pods] = [
  namespaced('serviceaccounts', 'ServiceAccount'),
  namespaced('configmaps', 'ConfigMap'),
  namespaced('pods', 'Pod'),
]
const account: KubeObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'taken', namespace: 'shop' },
}

withHelm('reach no Job, ConfigMap, log or account in any other namespace, in mode provision', async () => {
  const objects = await rendered(provision)
  for (const [event, name] of [
    [post, applier],
    [pre, cleaner],
  ] as const) {
    const cluster = clusterWithShop()
    await bring(cluster, objects, event)
    const hook = as(cluster, name)
    const map = { type: configMaps, name: 'kube-root-ca.crt', namespace: 'shop' }
    const tries = [
      await hook.create(jobs, job)(),
      await hook.remove(map, { uid: 'any', resourceVersion: '1' })(),
      await hook.logs({ type: pods, name: 'any', namespace: 'shop' }, { container: 'a' })(),
      await hook.list(configMaps)(),
      await hook.create(accounts, account)(),
    ]
    const answers = tries.map((tried) => (E.isLeft(tried) ? tried.left._tag : 'allowed'))
    assert.equal(
      answers,
      tries.map(() => 'Forbidden'),
    )
  }
})

tests.run()
