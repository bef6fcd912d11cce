import type { CallOptions, Cluster, KubeObject } from '../cluster/port.js'
import type { Found } from './found.js'
import { listLabelled, type Scope, toProven } from './owned.js'
import { isOwned, runLabel } from './ownership.js'
import { jobs, pods } from './types.js'

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
