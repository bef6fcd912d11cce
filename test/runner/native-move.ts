import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { Cluster, KubeObject } from '../../src/cluster/port.js'
import { explain, orThrow } from '../../src/error.js'
import { globalNetworkPolicy, globalNetworkSet, networkPolicy } from '../../src/index.js'
import type { ApplyReport } from '../../src/runner/report.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import { type CalicoGroup, storageType } from '../../src/runner/state/stored-resource.js'
import { type DatastoreMigration, datastoreMigration, type MemoryCluster } from '../../src/testing/index.js'
import { killedCall } from '../faults/killed-call.js'
import type { Clients } from '../lab/clients.js'
import { nativeVersion } from '../lab/native.js'
import { addOldDefinitions } from '../lab/old-definitions.js'
import type { Record } from '../lab/record.js'
import { failureOf, listAll } from './observe.js'

/** A lab in native mode, and what it takes to make it one that has yet to be moved there. */
export interface MovingLab {
  readonly clients: Clients
  readonly record: Record
  readonly kubeconfig: string
}

const namespace = `runner-${process.pid}-move`
const owner = `own-${namespace}`
const old = 'crd.projectcalico.org'
const next = 'projectcalico.org'
const kinds = ['NetworkPolicy', 'GlobalNetworkPolicy', 'GlobalNetworkSet'] as const
// Of a killed run by pod, its Lease goes with its Job: soon.
const runs = { owner, namespace, timeoutMs: 60_000, ttlSeconds: 1 }

const web = networkPolicy('web', namespace)
  .order(10)
  .allowIngress({ protocol: 'TCP', destination: { ports: [80] } })
const deny = globalNetworkPolicy(`deny-${namespace}`)
  .order(900)
  .selector("quarantine == 'yes'")
  .denyIngress({})
const nets = globalNetworkSet(`nets-${namespace}`).nets('192.0.2.0/24')
const mine = [web, deny, nets] as const
const names = ['NetworkPolicy', 'GlobalNetworkPolicy', 'GlobalNetworkSet'].map((kind, at) =>
  kind === 'NetworkPolicy' ? `${kind}(${namespace}/web)` : `${kind}(${mine[at]?.metadata.name})`,
)

/** All of the cluster's policies and sets on one side. */
const stored = async (cluster: Cluster, group: CalicoGroup): Promise<ReadonlyArray<KubeObject>> => {
  const lists = kinds.map((kind) => cluster.list(storageType(kind, group))())
  return (await Promise.all(lists)).flatMap((list) => orThrow(list).items)
}

/** What others have beside it, as text: a policy of nobody, and a copy of the owner's, marks and all. */
const strangers = async (cluster: Cluster, group: CalicoGroup): Promise<ReadonlyArray<string>> =>
  (await stored(cluster, group))
    .filter(({ metadata: { name } }) => /(theirs|copied)$/.test(name))
    .map((object) => JSON.stringify(object))

const addStrangers = async ({ kubectl, calicoctl }: Clients): Promise<void> => {
  const theirs = JSON.stringify(networkPolicy('theirs', namespace).allowEgress({}))
  assert.is((await calicoctl(['create', '-f', '-'], theirs)).code, 0)
  const found = await kubectl(['get', `networkpolicies.${old}`, 'default.web', '-n', namespace, '-o', 'json'])
  const { resourceVersion: _version, uid: _uid, ...metadata } = JSON.parse(found.stdout).metadata
  const copied = { ...JSON.parse(found.stdout), metadata: { ...metadata, name: 'default.copied' } }
  assert.is((await kubectl(['create', '-f', '-'], JSON.stringify(copied))).code, 0)
}

/** As soon as the run before has ended, whose client was killed. */
const applyWhenFree = async ({ te }: Runner): Promise<ApplyReport> => {
  for (const until = Date.now() + 60_000; ; await sleep(500)) {
    const done = await te.apply(mine)()
    if (done._tag === 'Right' || done.left._tag !== 'Busy' || Date.now() > until) return orThrow(done)
  }
}

interface Story extends MovingLab {
  readonly cluster: Cluster
  readonly move: DatastoreMigration
  /** As the cluster's version has it: nothing but the resources is made. */
  readonly byApi: Runner
}

/** Kubelet takes its time on a machine under load. */
const graceMs = 120_000

const begin = async (lab: MovingLab): Promise<Story> => {
  await addOldDefinitions(lab.clients, lab.record)
  await lab.clients.kubectl(['create', 'namespace', namespace])
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  // It asks for nothing that only the one in memory has.
  const move = datastoreMigration(cluster as unknown as MemoryCluster)
  const byApi = createRunner({ ...runs, cluster, transport: 'api', patienceMs: 50, graceMs })
  return { ...lab, cluster, move, byApi }
}

const isAsApplied = async ({ byApi }: Pick<Story, 'byApi'>): Promise<void> => {
  const { resources } = await byApi.status()
  assert.equal(resources.map(({ name }) => name.replace(/, stored as .*/, '')).sort(), [...names].sort())
  assert.equal(
    resources.filter(({ drifted }) => drifted),
    [],
  )
}

/**
 * A cluster is moved to native mode, step by step as Calico's DatastoreMigration does, with clients killed in between. The
 * last facts about a lab: it has the definitions of both modes, and then those of the new one alone.
 */
export const moveFacts = (
  fact: (name: string, test: () => Promise<void>) => void,
  lab: () => Promise<MovingLab>,
): void => {
  let begun: Promise<Story> | undefined
  const step = (name: string, test: (story: Story) => Promise<void>): void =>
    fact(`moved to native mode: ${name}`, async () => {
      begun ??= lab().then(begin)
      await test(await begun)
    })

  step('before it, a killed run by pod is carried on by the next, where Calico reads', async (story) => {
    const { cluster, clients } = story
    await killedCall(story, runs, /^POST .*\/jobs$/, (te, signal) => te.apply(mine, { signal })())
    await killedCall(story, runs, /^GET .*\/pods\?/, (te, signal) => te.apply(mine, { signal })())
    const { items } = await applyWhenFree(createRunner({ ...runs, cluster }))
    assert.equal(
      items.filter(({ outcome }) => !['created', 'unchanged'].includes(outcome)),
      [],
    )
    assert.equal((await stored(cluster, old)).map(({ metadata }) => metadata.name).sort(), [
      `default.deny-${namespace}`,
      'default.web',
      `nets-${namespace}`,
    ])
    assert.equal(await stored(cluster, next), [])
    await addStrangers(clients)
  })

  step('upgraded, it is as it was, and the API of the new mode is not written to', async (story) => {
    const { clients, cluster, byApi } = story
    const spec = { calicoVersion: `v${nativeVersion}` }
    const patch = [
      'patch',
      `clusterinformations.${old}`,
      'default',
      '--type=merge',
      '-p',
      JSON.stringify({ spec }),
    ]
    assert.is((await clients.kubectl(patch)).code, 0)
    await isAsApplied(story)
    const failure = failureOf(await byApi.te.apply([web.order(11)])())
    assert.is(failure._tag === 'BadOption' && failure.option, 'transport')
    assert.equal(await stored(cluster, next), [])
  })

  step('locked, nothing is written, and all calls say so', async (story) => {
    const { cluster, move, byApi } = story
    await move.lock()
    assert.equal(await move.copy(), [])
    const everything = async () => JSON.stringify([await stored(cluster, old), await stored(cluster, next)])
    const before = await everything()
    const { te } = byApi
    for (const call of [te.plan(mine), te.apply([web.order(11)]), te.status(), te.cleanup()])
      assert.is(failureOf<unknown>(await call())._tag, 'DatastoreLocked')
    assert.is(await everything(), before)
  })

  step('called off, it is as it was before', async (story) => {
    await story.move.abort()
    await isAsApplied(story)
    assert.equal(await stored(story.cluster, next), [])
  })

  step('after it, it is found unchanged, and killed runs are carried on', async (story) => {
    const { cluster, move, byApi } = story
    await move.lock()
    assert.equal(await move.copy(), [], 'nothing that was made on one side is in the way')
    await move.converge()
    await isAsApplied(story)
    assert.is((await byApi.plan(mine)).changes, false)
    const [leftBehind, others] = [JSON.stringify(await stored(cluster, old)), await strangers(cluster, next)]
    assert.is(others.length, 2)
    const late = networkPolicy('late', namespace).allowIngress({})
    const wanted = [web.order(11), deny, nets, late] as const
    const api = { ...runs, transport: 'api' } as const
    for (const [looks, resources] of [
      [/^POST .*\/networkpolicies$/, [...mine, late]],
      [/^PUT .*\/networkpolicies\//, wanted],
    ] as const)
      await killedCall(story, api, looks, (te, signal) => te.apply(resources, { signal })())
    const { items } = await byApi.apply(wanted)
    assert.equal(
      items.filter(({ outcome }) => !['created', 'updated', 'unchanged'].includes(outcome)),
      [],
    )
    assert.equal((await byApi.apply(mine, { prune: true })).items.map(({ outcome }) => outcome).sort(), [
      'deleted',
      'unchanged',
      'unchanged',
      'updated',
    ])
    await isAsApplied(story)
    assert.equal(await strangers(cluster, next), others)
    assert.is(
      JSON.stringify(await stored(cluster, old)),
      leftBehind,
      'where nobody reads, nothing is written',
    )
  })

  step(
    'without the old definitions, a killed cleanup is carried on, and leaves what is not its own',
    async (story) => {
      const { cluster, move, byApi, clients } = story
      const others = await strangers(cluster, next)
      await move.complete()
      await isAsApplied(story)
      await killedCall(story, { ...runs, transport: 'api' }, /^DELETE .*\/networkpolicies\//, (te, signal) =>
        te.cleanup({ signal })(),
      )
      const gone = await byApi.te.cleanup()()
      assert.is(gone._tag, 'Right', gone._tag === 'Left' ? explain(gone.left) : '')
      assert.equal(await listAll(cluster, `typed-calico.projectcalico.org/owner=${owner}`, next), [
        'NetworkPolicy copied',
      ])
      assert.equal(await strangers(cluster, next), others)
      assert.equal((await byApi.status()).runs, [], 'nor of the runs that were killed before the move')
      await clients.kubectl(['delete', 'namespace', namespace, '--wait=false'])
      cluster.close()
    },
  )
}
