import type { KubeObject, ResourceType } from '../../cluster/port.js'
import { jobs, pods } from '../../cluster/resource-types.js'
import type { CallContext } from '../run-context.js'
import { toOwnedObject } from '../state/owned-object.js'
import { isOwned, runLabel } from '../state/owner-labels.js'
import { deleteUntilGone } from './delete-until-gone.js'
import { type Deletion, joinDeletions } from './deletion.js'
import { findOwned, listLabelled, type Scope } from './find-owned.js'
import type { SearchResult } from './search-result.js'

const names = (run: string): RegExp => new RegExp(`^typed-calico-${run}(-\\d+){0,2}-[a-z0-9]{5}$`)

/**
 * Whether a Job of the owner's runs made the pod. Kubernetes names it after its Job, with the index if it is an
 * Indexed Job, and five characters more; and it has its Job's labels and annotation: a copy of them on a pod of
 * another name is no such pod.
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
const findRunPods = async (context: CallContext, scope: Scope): Promise<SearchResult> => {
  const { objects, ...others } = await listLabelled(context, pods, scope, scope.namespace)
  const owned = objects
    .filter((pod) => isRunPod(context.settings.owner, pod))
    .map((pod) => {
      const found = toOwnedObject(pods, pod)
      if (found.waitsFor !== undefined) return { ...found, waitsFor: 'the kubelet of its node' }
      return isControlled(pod) ? { ...found, waitsFor: 'the cluster to delete it with its Job' } : found
    })
  return { owned, ...others }
}

/**
 * Deletes what runs have made, and waits for their pods to be gone: when nothing is left, nothing of them writes any
 * more. One run's, or with a scope of no run, those of all that the owner ever started.
 */
export const deleteRun = async (
  context: CallContext,
  types: ReadonlyArray<ResourceType>,
  scope: Scope,
): Promise<Deletion> => {
  const objects = await deleteUntilGone(context, () => findOwned(context, types, scope))
  const ofPods = await deleteUntilGone(context, () => findRunPods(context, scope))
  return joinDeletions([objects, ofPods])
}
