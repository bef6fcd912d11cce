import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { createRunner } from '../../src/runner/runner.js'
import type { RunnerOptions } from '../../src/runner/settings.js'
import { storageType } from '../../src/runner/storage.js'
import { type MemoryCluster, memoryCluster, serveMemory } from '../../src/testing/index.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { type Fault, isDeath } from './fault.js'
import { lookAlikes } from './foreign.js'
import { lateMs, startProxy } from './proxy.js'
import { former, wanted } from './scenario.js'
import { lies } from './truth.js'
import { differences, keyOf, labelled, snapshot } from './world.js'

export const owner = 'karydia'
const namespace = 'shop'

/** What an earlier run of the owner has left on purpose: its resources, as they are stored. */
export const formerObjects = async (): Promise<ReadonlyArray<KubeObject>> => {
  const cluster = memoryCluster({ namespaces: [namespace] })
  await createRunner({ owner, cluster, namespace }).apply(former(namespace))
  const kinds = ['NetworkPolicy', 'GlobalNetworkSet'] as const
  const lists = await Promise.all(kinds.map((kind) => cluster.list(storageType(kind))()))
  return lists.flatMap((list) =>
    orThrow(list).items.map(({ metadata, ...object }) => {
      const { uid: _uid, resourceVersion: _version, ...rest } = metadata
      return { ...object, metadata: rest } as KubeObject
    }),
  )
}

const foreign = lookAlikes(owner, ['shop', 'default'])
const foreignKeys: ReadonlySet<string> = new Set(foreign.map(keyOf))

/** Short times, so that a sweep fits into minutes; long enough for a busy machine to answer in. */
const times = { timeoutMs: 15_000, graceMs: 8_000, patienceMs: 300 }
const client = { attemptMs: lateMs - 500, retryForMs: lateMs }

const world = async (seeds: ReadonlyArray<KubeObject>): Promise<MemoryCluster> => {
  const cluster = memoryCluster({ namespaces: [namespace], objects: [...foreign, ...seeds] })
  // The scheduler says of each pod that no node takes it, and the Job controller has had its turn by then.
  for (let last = ''; ; await sleep(10)) {
    const now = [...(await snapshot(cluster))]
    const waiting = now.some(([key, text]) => key.startsWith('Pod ') && !text.includes('"Unschedulable"'))
    const text = waiting ? '' : JSON.stringify(now)
    if (text !== '' && text === last) return cluster
    last = text
  }
}

export interface Trial {
  /** How many requests came; fewer than the fault's number when it never happened. */
  readonly requests: ReadonlyArray<string>
  readonly outcome: string
  readonly violations: ReadonlyArray<string>
}

const mine = (objects: ReadonlyMap<string, string>, seen: ReadonlyMap<string, string>) =>
  labelled(objects, owner).filter((key) => !seen.has(key))

/**
 * One apply of the scenario through the proxy, with `fault` at its k-th request, then one cleanup() of a fresh
 * Runner that knows nothing of it.
 */
export const trial = async (
  seeds: ReadonlyArray<KubeObject>,
  k: number,
  fault: Fault | undefined,
  options: Partial<RunnerOptions> = {},
): Promise<Trial> => {
  const cluster = await world(seeds)
  const before = await snapshot(cluster)
  const served = await serveMemory(cluster.server)
  const proxy = await startProxy({ url: served.url }, (n) => (n === k ? fault : undefined))
  const remote = kubeCluster({ kubeconfig: servedConfig(proxy.url), ...client })
  const dies = fault !== undefined && isDeath(fault)
  // Whoever is dead needs no grace: it is only waited for so that nothing of it is left in this process.
  const grace = dies ? { graceMs: 500 } : {}
  const runner = createRunner({
    owner,
    cluster: remote,
    namespace: 'calico-runs',
    ...times,
    ...grace,
    ...options,
  })
  const violations: string[] = []
  const start = Date.now()
  const killed = new AbortController()
  const applying = runner.te.apply(wanted(namespace), { prune: true, signal: killed.signal })()
  await Promise.race([applying, ...(dies ? [proxy.died] : [])])
  await proxy.idle()
  const check = async () => {
    const result = await applying
    const elapsed = Date.now() - start
    const slack = 1_500
    if (elapsed > times.timeoutMs + times.graceMs + slack) violations.push(`settled after ${elapsed} ms`)
    await proxy.idle()
    if (!dies)
      violations.push(...lies(result, former(namespace), wanted(namespace), before, await snapshot(cluster)))
    return E.isRight(result) ? 'Right' : result.left._tag
  }
  const told = dies ? undefined : await check()
  const cleaned = await createRunner({ owner, cluster, namespace: 'calico-runs' }).te.cleanup()()
  if (E.isLeft(cleaned)) violations.push(`cleanup: ${cleaned.left.message}`)
  const after = await snapshot(cluster)
  const strangers = new Map([...before].filter(([key]) => foreignKeys.has(key)))
  violations.push(...mine(after, strangers).map((key) => `left: ${key}`))
  const now = new Map([...after].filter(([key]) => strangers.has(key)))
  violations.push(...differences(strangers, now))
  if (dies) killed.abort()
  const outcome = told ?? (await check())
  remote.close()
  for (let i = 0; i < 100 && proxy.connections() > 0; i++) await sleep(20)
  if (proxy.connections() > 0) violations.push(`${proxy.connections()} sockets are open`)
  await Promise.all([proxy.close(), served.close()])
  return { requests: proxy.requests, outcome, violations }
}
