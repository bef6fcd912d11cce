import type { CallOptions, Cluster, ResourceType } from '../cluster/port.js'
import type { Emit } from './event.js'
import { findOwned, type Scope } from './owned.js'
import { joinRemovals, type Removal } from './remove.js'
import { findRunPods } from './run-pods.js'
import { sweep } from './sweep.js'

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
