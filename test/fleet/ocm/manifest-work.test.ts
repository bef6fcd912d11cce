import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { networkPolicy } from '../../../src/build/network-policy.js'
import { globalNetworkSet } from '../../../src/build/network-set.js'
import { patch } from '../../../src/build/patch.js'
import { tier } from '../../../src/build/tier.js'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  jobs,
  roles,
  serviceAccounts,
} from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { type ManifestWorkOptions, toManifestWork } from '../../../src/fleet/ocm/manifest-work.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { definition, misspelt, strictErrors } from '../strict.js'
import { applyWork, deleteWork, specOf } from './work-agent.js'

const working = suite('toManifestWork')

const crd = definition('manifest-work')
const policies = [
  networkPolicy('web', 'shop').allowEgress(),
  globalNetworkPolicy('deny-all').denyIngress(),
  globalNetworkSet('office').nets('192.0.2.0/24'),
]

const inTier = (name: string, egress: ReadonlyArray<object> = []) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name },
  spec: { tier: 'security', types: ['Egress'], egress },
})

/** On releases that have tiers; policies come after the tier, wherever it stands. */
const tiered = [...policies, inTier('security.pass'), tier('security').order(100)]

const byJob = {
  name: 'guardrails',
  cluster: 'cluster1',
  calico: '3.28.5',
  carry: 'job',
  owner: 'fleet',
} as const
const plain = { ...byJob, calico: '3.32.1', carry: 'resources' } as const

const rulesOf = (given: ManifestWorkOptions, resources: ReadonlyArray<unknown> = policies) => {
  const made = toManifestWork(resources, given)
  return E.isRight(made) ? [] : made.left.issues.map(({ rule, path }) => `${rule} ${path}`)
}

const ended = async (cluster: Cluster): Promise<KubeObject> => {
  for (let n = 0; n < 600; n++) {
    const [job] = orThrow(await cluster.list(jobs, { namespace: 'default' })()).items
    const { conditions = [] } = Object(job?.status)
    if (
      job !== undefined &&
      conditions.some(({ type }: { type: string }) => /^(Complete|Failed)$/.test(type))
    )
      return job
    await sleep(100)
  }
  throw new Error('the Job has not ended within a minute')
}

/** What is at the path, in the one form of it that we write. */
const valueAt = (job: KubeObject, path: string): unknown => {
  const [, type] = /^\.status\.conditions\[\?\(@\.type=="(\w+)"\)\]\.status$/.exec(path) ?? []
  const { conditions = [], ...status } = Object(job.status)
  return type === undefined
    ? status[path.replace('.status.', '')]
    : conditions.find((it: { type: string }) => it.type === type)?.status
}

const feedback = (work: KubeObject, job: KubeObject): Readonly<Record<string, unknown>> => {
  const { manifestConfigs } = work.spec as {
    manifestConfigs: ReadonlyArray<{
      feedbackRules: ReadonlyArray<{ jsonPaths: ReadonlyArray<{ name: string; path: string }> }>
    }>
  }
  const paths = manifestConfigs.flatMap(({ feedbackRules }) =>
    feedbackRules.flatMap((rule) => rule.jsonPaths),
  )
  return Object.fromEntries(paths.map(({ name, path }) => [name, valueAt(job, path)]))
}

working('is taken by the definition in all its forms, and refused with a field misspelt', () => {
  for (const options of [byJob, plain, { ...byJob, task: 'remove' as const }]) {
    const works = orThrow(toManifestWork(policies, options))
    assert.equal(
      works.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      ['cluster1/guardrails-rights', 'cluster1/guardrails'],
    )
    for (const work of works) assert.equal(strictErrors(crd, work), [])
    const [, work] = works
    for (const field of ['manifestConfigs', 'serviceAccount', 'propagationPolicy', 'updateStrategy'])
      assert.not.equal(strictErrors(crd, misspelt(work as KubeObject, field)), [], field)
  }
})

working('checks the resources and the options', () => {
  assert.equal(rulesOf({ ...byJob, name: 'Guard' }), ['name name'])
  assert.equal(rulesOf({ ...byJob, cluster: '' }), ['name cluster'])
  assert.equal(rulesOf({ ...byJob, owner: 'A' }), ['owner owner'])
  assert.equal(rulesOf({ ...byJob, calico: '3.28' }), ['bad-option calico'])
  assert.equal(rulesOf({ ...byJob, calico: '3.27.3' }), ['bad-option calico'])
  assert.equal(rulesOf({ ...byJob, native: true }), ['bad-option native'])
  assert.equal(rulesOf({ ...plain, task: 'remove' }), ['bad-option task'])
  assert.match(`${rulesOf(plain, [globalNetworkPolicy('x').selector('a ==')])}`, /selector/)
})

working('is divided at 500 KiB, in the order in which resources refer to each other', () => {
  const nets = Array.from({ length: 4000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`)
  const egress = [{ action: 'Deny', destination: { nets } }]
  const much = Array.from({ length: 12 }, (_, index) => inTier(`security.p-${index}`, egress))
  const works = orThrow(toManifestWork([...much, tier('security').order(100)], plain))
  const sizes = works.map((work) => JSON.stringify(specOf(work).workload.manifests).length)
  assert.ok(works.length > 2 && sizes.every((size) => size <= 500 * 1024), `${sizes}`)
  assert.is(works[1] && specOf(works[1]).workload.manifests[0]?.kind, 'Tier')
})

working('carries resources that its executor may write, and they go with it', async () => {
  const cluster = memoryCluster({ calico: '3.32.1', native: true, namespaces: ['shop'] })
  const [rights, work] = orThrow(toManifestWork(tiered, plain)) as [KubeObject, KubeObject]
  await applyWork(cluster, rights)
  await applyWork(cluster, work)
  const runner = createRunner({ owner: 'fleet', cluster, transport: 'api' })
  const { resources } = await runner.status()
  assert.equal(resources.map(({ name, drifted }) => `${name}${drifted ? ' drifted' : ''}`).sort(), [
    'GlobalNetworkPolicy(deny-all)',
    'GlobalNetworkPolicy(security.pass)',
    'GlobalNetworkSet(office)',
    'NetworkPolicy(shop/web)',
    'Tier(security)',
  ])
  const executor = cluster.as('system:serviceaccount:default:guardrails-executor')
  const others = await createRunner({ owner: 'x', cluster: executor, transport: 'api' }).te.status()()
  assert.ok(E.isLeft(others), 'it may read nothing else')
  await deleteWork(cluster, work)
  await deleteWork(cluster, rights)
  assert.equal((await runner.status()).resources, [])
})

working(
  'a policy of Calico is put before its tier, for it is called NetworkPolicy, and is taken then',
  async () => {
    const cluster = memoryCluster({ calico: '3.32.1', native: true, namespaces: ['shop'] })
    const own = networkPolicy('security.web', 'shop').tier('security').allowEgress()
    const [rights, work] = orThrow(toManifestWork([own, tier('security').order(100)], plain))
    await applyWork(cluster, rights as KubeObject)
    assert.is(await applyWork(cluster, work as KubeObject), 2)
    const { resources } = await createRunner({ owner: 'fleet', cluster, transport: 'api' }).status()
    assert.is(resources.length, 2)
  },
)

for (const calico of ['3.28.5', '3.31.6', '3.32.1'])
  working(`carries a Job that applies them on ${calico}, and one that removes all of it`, async () => {
    const cluster = memoryCluster({ calico, namespaces: ['shop'] })
    const runner = createRunner({ owner: 'fleet', cluster })
    const tasks = ['apply', 'apply', 'remove'] as const
    const all = calico === '3.28.5' ? policies : tiered
    for (const task of tasks) {
      const [rights, work] = orThrow(toManifestWork(all, { ...byJob, calico, task })) as [
        KubeObject,
        KubeObject,
      ]
      await applyWork(cluster, rights)
      await applyWork(cluster, work)
      const told = feedback(work, await ended(cluster))
      assert.equal(told, { complete: 'True', failed: undefined, succeededPods: 1, failedPods: undefined })
      const { resources } = await runner.status()
      assert.is(resources.filter(({ drifted }) => !drifted).length, task === 'apply' ? all.length : 0)
      await deleteWork(cluster, work)
      await deleteWork(cluster, rights)
    }
    for (const type of [jobs, roles, clusterRoles]) {
      const { items } = orThrow(await cluster.list(type)())
      assert.equal(
        items.filter(({ metadata }) => metadata.name.startsWith('guardrails')),
        [],
      )
    }
  })

working('a Job that may not do it says so', async () => {
  const cluster = memoryCluster({ calico: '3.28.5', namespaces: ['shop'] })
  const [rights, work] = orThrow(toManifestWork(policies, byJob)) as [KubeObject, KubeObject]
  await applyWork(cluster, rights)
  const ref = { type: clusterRoleBindings, name: 'guardrails-calicoctl' }
  const { uid = '', resourceVersion = '' } = orThrow(await cluster.get(ref)()).metadata
  orThrow(await cluster.remove(ref, { uid, resourceVersion })())
  await applyWork(cluster, work)
  const told = feedback(work, await ended(cluster))
  assert.equal(told, { complete: undefined, failed: 'True', succeededPods: undefined, failedPods: 4 })
})

working('its Job may be made, and no more, by its executor', async () => {
  const cluster = memoryCluster({ calico: '3.28.5', namespaces: ['shop'] })
  const [rights, work] = orThrow(toManifestWork(policies, byJob)) as [KubeObject, KubeObject]
  await applyWork(cluster, rights)
  const executor = cluster.as('system:serviceaccount:default:guardrails-executor')
  const [map] = specOf(work).workload.manifests as [KubeObject]
  const elsewhere = { ...map, metadata: { ...map.metadata, namespace: 'shop' } }
  assert.is(E.isLeft(await executor.create(configMaps, elsewhere)()), true)
  assert.is(E.isLeft(await executor.list(serviceAccounts)()), true)
  await applyWork(cluster, work)
})

working('refuses fields to set of what others own: a work would replace the whole', () => {
  const felix = patch('FelixConfiguration', 'default', { bpfEnabled: true })
  for (const carry of ['job', 'resources'] as const) {
    const made = toManifestWork([felix], { name: 'a', cluster: 'c', calico: '3.33.0', carry })
    assert.match(E.isLeft(made) ? made.left.issues[0].message : '', 'which would replace the whole')
  }
})

working.run()
