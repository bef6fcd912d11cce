import { setTimeout as sleep } from 'node:timers/promises'
import { orThrow, systemNamespaces } from 'typed-calico'
import type { Cluster } from 'typed-calico/runner'

const core = { group: '', version: 'v1' } as const
const namespaces = { ...core, resource: 'namespaces', kind: 'Namespace', namespaced: false }
const pods = { ...core, resource: 'pods', kind: 'Pod', namespaced: true }

/** The cluster's namespaces, but for those that no cluster works without. */
export const namespacesOf = async (cluster: Cluster): Promise<ReadonlyArray<string>> => {
  const { items } = orThrow(await cluster.list(namespaces)())
  const system = new Set<string>(systemNamespaces)
  return items.map(({ metadata }) => metadata.name).filter((name) => !system.has(name))
}

/** The chart's Job that applies has pods with this label. What has ended writes no more. */
const applying = {
  labelSelector: 'karydia.gardener.cloud/calico=apply',
  fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
}

/** Waits until no pod applies any more, and says whether there was one. */
export const applyEnded = async (
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<boolean> => {
  for (let seen = false; ; seen = true) {
    const { items } = orThrow(await cluster.list(pods, { ...applying, namespace, signal })())
    if (items.length === 0) return seen
    await sleep(500)
  }
}
