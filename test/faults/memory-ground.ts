import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { memoryCluster, serveMemory } from '../../src/testing/index.js'
import { keyOf, snapshot } from './cluster-snapshot.js'
import { lookAlikes } from './foreign.js'
import { former } from './scenario.js'
import type { Try } from './sweep.js'
import { type Ground, trial } from './trial.js'

export const formerKinds = ['NetworkPolicy', 'GlobalNetworkSet'] as const

/** What an earlier run of the owner has left on purpose: its resources, as they are stored. */
export const formerObjects = async (
  owner: string,
  namespace: string,
  tag = '',
): Promise<ReadonlyArray<KubeObject>> => {
  const cluster = memoryCluster({ namespaces: [namespace] })
  await createRunner({ owner, cluster, namespace }).apply(former(namespace, tag))
  const lists = await Promise.all(formerKinds.map((kind) => cluster.list(storageType(kind))()))
  return lists.flatMap((list) =>
    orThrow(list).items.map(({ metadata, ...object }) => {
      const { uid: _uid, resourceVersion: _version, generation: _generation, ...rest } = metadata
      return { ...object, metadata: rest } as KubeObject
    }),
  )
}

const owner = 'karydia'
const namespace = 'shop'
const foreign = lookAlikes(owner, [namespace, 'default'])
const strangers = new Set(foreign.map(keyOf))

/** Short times, so that a sweep fits into minutes; long enough for a busy machine to answer in. */
const times = { timeoutMs: 15_000, graceMs: 8_000, patienceMs: 300 }

const clusterOf = async (seeds: ReadonlyArray<KubeObject>) => {
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

/** Trials on the in-memory cluster, each on one of its own, served over HTTP. */
export const memoryTrials = async (partSize?: number): Promise<Try> => {
  const seeds = await formerObjects(owner, namespace)
  return async (k, fault) => {
    const cluster = await clusterOf(seeds)
    const served = await serveMemory(cluster.server)
    const parts = partSize === undefined ? {} : { partSize }
    const place = { owner, namespace, home: 'calico-runs', tag: '' }
    const ground: Ground = { cluster, upstream: { url: served.url }, ...place, ...parts, strangers, times }
    try {
      return await trial(ground, k, fault)
    } finally {
      await served.close()
    }
  }
}
