import type { CallOptions, Cluster, KubeObject, ResourceType } from '../../cluster/port.js'
import { jobs, pods } from '../../cluster/resource-types.js'
import type { Emit } from '../event.js'
import { isOwned, runLabel } from '../state/owner-labels.js'
import { type Found, joinRemovals, type Removal, sweep } from './delete-owned.js'
import { findOwned, listLabelled, type Scope, toProven } from './find-owned.js'

const names = (run: string): RegExp => new RegExp(`^typed-calico-${run}(-\\d+){0,2}-[a-z0-9]{5}$`)

/**
 * Whether a Job of the owner's runs made the pod. Kubernetes names it after its Job, with the index if it is an
 * Indexed Job, and five characters more; and it has its Job's marks: a copy of the labels on a pod of another name is
 * no such pod.
 */
export const isRunPod = (owner: string, { metadata }: KubeObject): boolean => {
  const { name, namespace = '', labels = {} } = metadata
  const run = labels[runLabel] ?? ''
  if (!/^[a-z2-7]{26}$/.test(run) || !names(run).test(name)) return false
  const stem = name.slice(0, -6)
  return [stem, stem.replace(/-\d+$/, '')].some((job) =>
    isOwned(owner, { kind: jobs.kind, namespace, name: job }, metadata),
  )
}

const isControlled = ({ metadata }: KubeObject): boolean =>
  metadata.ownerReferences?.some((reference) => reference.kind === jobs.kind) === true

/** The pods of the owner's runs. They go with their Job; only what a Job has left behind is deleted by itself. */
export const findRunPods = async (cluster: Cluster, scope: Scope, options: CallOptions): Promise<Found> => {
  const { objects, ...others } = await listLabelled(cluster, pods, scope, options, scope.home)
  const proven = objects
    .filter((pod) => isRunPod(scope.owner, pod))
    .map((pod) => {
      const found = toProven(pods, pod)
      if (found.waitsFor !== undefined) return { ...found, waitsFor: 'the kubelet of its node' }
      return isControlled(pod) ? { ...found, waitsFor: 'the cluster to remove it with its Job' } : found
    })
  return { proven, ...others }
}

/**
 * Removes what runs have made, and waits for their pods to be gone: when nothing is left, nothing of them writes any
 * more. One run's, or with a scope of no run, those of all that the owner ever started.
 */
export const reap = async (
  cluster: Cluster,
  types: ReadonlyArray<ResourceType>,
  scope: Scope,
  emit: Emit,
  options: CallOptions,
): Promise<Removal> => {
  const objects = await sweep(cluster, () => findOwned(cluster, types, scope, options), emit, options)
  const pods = await sweep(cluster, () => findRunPods(cluster, scope, options), emit, options)
  return joinRemovals([objects, pods])
}
