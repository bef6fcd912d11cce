import { setTimeout as sleep } from 'node:timers/promises'
import { KubeConfig } from '@kubernetes/client-node'
import * as E from 'fp-ts/lib/Either.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { Cluster, KubeObject, ResourceType } from '../../src/cluster/port.js'
import { namespaces, pods } from '../../src/cluster/resource-types.js'
import { orThrow } from '../../src/error.js'
import { runTypes } from '../../src/runner/delete/find-owned.js'
import { storageType, storedKinds } from '../../src/runner/state/stored-resource.js'
import type { Lab } from '../lab/lab.js'
import { keyOf, snapshot } from './cluster-snapshot.js'
import { lookAlikes } from './foreign.js'
import type { Upstream } from './proxy.js'

const types: ReadonlyArray<ResourceType> = [
  ...runTypes,
  pods,
  namespaces,
  ...storedKinds.map((kind) => storageType(kind)),
]

const typeOf = ({ apiVersion, kind }: KubeObject): ResourceType => {
  const version = (type: ResourceType): string =>
    type.group === '' ? type.version : `${type.group}/${type.version}`
  const found = types.find((type) => type.kind === kind && version(type) === apiVersion)
  if (found === undefined) throw new Error(`no type for ${kind}`)
  return found
}

/** Where the lab's API server is, and what lets one in. */
export const upstreamOf = (lab: Pick<Lab, 'kubeconfig'>): Upstream => {
  const config = new KubeConfig()
  config.loadFromFile(lab.kubeconfig)
  const ca = Buffer.from(config.getCurrentCluster()?.caData ?? '', 'base64').toString()
  return {
    url: config.getCurrentCluster()?.server ?? '',
    tls: { ca },
    headers: { authorization: `Bearer ${config.getCurrentUser()?.token}` },
  }
}

export const createAll = async (cluster: Cluster, objects: ReadonlyArray<KubeObject>): Promise<void> => {
  for (const object of objects) orThrow(await cluster.create(typeOf(object), object)())
}

export const removeAll = async (cluster: Cluster, objects: ReadonlyArray<KubeObject>): Promise<void> => {
  for (const object of objects) {
    const { name, namespace } = object.metadata
    const ref = { type: typeOf(object), name, ...(namespace === undefined ? {} : { namespace }) }
    const found = await cluster.get(ref)()
    if (E.isLeft(found)) continue
    const { uid = '', resourceVersion = '' } = found.right.metadata
    await cluster.remove(ref, { uid, resourceVersion })()
  }
}

export interface LabGround {
  readonly cluster: Cluster
  readonly strangers: ReadonlySet<string>
  readonly end: () => Promise<void>
}

/** The lab with what belongs to others on it, dressed as this owner's. */
export const labGround = async (
  lab: Lab,
  owner: string,
  places: readonly [string, string],
  letter: string,
): Promise<LabGround> => {
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  for (const place of places) await lab.kubectl(['create', 'namespace', place])
  const foreign = lookAlikes(owner, places, letter)
  await removeAll(
    cluster,
    foreign.filter((it) => it.metadata.namespace === undefined),
  )
  await createAll(cluster, foreign)
  const strangers = new Set(foreign.map(keyOf))
  const settled = async (): Promise<string> => {
    const all = [...(await snapshot(cluster))].filter(([key]) => strangers.has(key))
    return all.every(([key, text]) => !key.startsWith('Pod ') || text.includes('"Unschedulable"'))
      ? JSON.stringify(all)
      : ''
  }
  for (let last = ''; ; await sleep(500)) {
    const now = await settled()
    if (now !== '' && now === last) break
    last = now
  }
  return {
    cluster,
    strangers,
    end: async () => {
      await removeAll(
        cluster,
        foreign.filter((it) => it.metadata.namespace === undefined),
      )
      for (const place of places) await lab.kubectl(['delete', 'namespace', place, '--wait=false'])
      cluster.close()
    },
  }
}
