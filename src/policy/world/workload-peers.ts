import type { Version } from '../../model/calico-version.js'
import type { Workload } from './flow.js'
import type { Manifest } from './manifest.js'
import { workloadOf } from './pod.js'
import { ownerOf, podOfWorkload } from './workload-template.js'

/** What makes pods, and who owns what, as far as a world has it. */
export interface Makers {
  /** By `Deployment(shop/web)`. */
  readonly workloads: Map<string, Manifest>
  /** The owners of the world's pods. */
  readonly owners: Set<string>
}

export const makers = (): Makers => ({ workloads: new Map(), owners: new Set() })

const nameOf = ({ kind, metadata }: Manifest): string =>
  `${kind}(${metadata.namespace ?? 'default'}/${metadata.name})`

export const noteWorkload = ({ workloads }: Makers, manifest: Manifest): void =>
  void workloads.set(nameOf(manifest), manifest)

export const noteOwner = ({ owners }: Makers, pod: Manifest): void => {
  const owner = ownerOf(pod)
  if (owner !== undefined) owners.add(owner)
}

/** Those whose pods are there themselves, with what owns them in turn. */
const covered = ({ workloads, owners }: Makers): ReadonlySet<string> => {
  const found = new Set(owners)
  for (const name of found) {
    const workload = workloads.get(name)
    const owner = workload && ownerOf(workload)
    if (owner !== undefined) found.add(owner)
  }
  return found
}

/**
 * One peer for each workload, by `namespace/name`; none for one whose pods, or whose owner, the world has as well. Where a
 * name is taken, the kind follows it.
 */
export const workloadPeers = (
  all: Makers,
  pods: ReadonlyMap<string, Workload>,
  calico: Version,
): ReadonlyMap<string, Workload> => {
  const skipped = covered(all)
  const peers = new Map<string, Workload>()
  for (const [name, workload] of all.workloads) {
    const owner = ownerOf(workload)
    if (skipped.has(name) || (owner !== undefined && all.workloads.has(owner))) continue
    const pod = podOfWorkload(workload)
    const peer = pod && workloadOf(pod, calico)
    if (peer === undefined) continue
    const key = `${peer.namespace}/${peer.name}`
    const isTaken = pods.has(key) || peers.has(key)
    peers.set(isTaken ? `${key} (${workload.kind})` : key, peer)
  }
  return peers
}
