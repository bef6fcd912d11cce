import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CallOptions, Cluster, KubeObject, OwnerReference } from '../cluster/port.js'
import { createOnce } from './create.js'
import type { Busy, RunnerError } from './error.js'
import { type RunSpec, runMetadata } from './job.js'
import { apiVersionOf, leases } from './types.js'

const leaseName = (owner: string): string => `typed-calico-${owner}`

const holderOf = (lease: KubeObject): string => {
  const { holderIdentity } = (lease.spec ?? {}) as { readonly holderIdentity?: unknown }
  return typeof holderIdentity === 'string' ? holderIdentity : 'unknown'
}

const busy = (holder: string): Busy => ({
  _tag: 'Busy',
  message: `another run of this owner is under way: ${holder}`,
  hint: 'try again when it has ended; if its client was killed, the cluster ends it by itself, and cleanup() at once',
  holder,
})

/**
 * Makes sure that this run is the owner's only one in the namespace. The run's Job owns the Lease, so it goes with
 * the Job however the run ends, and there is never a stale one to take over. What makes a run safe is not the Lease
 * but the resourceVersions: two runs that both slip through end in a conflict, not in a mix.
 */
export const acquireLease =
  (
    cluster: Cluster,
    spec: RunSpec,
    anchor: OwnerReference,
    options: CallOptions,
  ): TaskEither<RunnerError, KubeObject> =>
  async () => {
    const name = leaseName(spec.owner)
    const lease: KubeObject = {
      apiVersion: apiVersionOf(leases),
      kind: leases.kind,
      metadata: runMetadata(spec, leases.kind, name, anchor),
      spec: { holderIdentity: spec.run, leaseDurationSeconds: spec.deadlineSeconds + spec.ttlSeconds },
    }
    const created = await createOnce(cluster, leases, lease, options)()
    if (E.isRight(created) || created.left._tag !== 'AlreadyExists') return created
    const held = await cluster.get({ type: leases, namespace: spec.namespace, name }, options)()
    return E.left(busy(E.isRight(held) ? holderOf(held.right) : 'one that has just ended'))
  }
