import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { inParallel } from '../../async/parallel.js'
import { task } from '../../async/task.js'
import type { KubeObject, ObjectMeta, OwnerReference } from '../../cluster/port.js'
import {
  apiVersionOf,
  configMaps,
  jobs,
  leases,
  namespaces,
  serviceAccounts,
} from '../../cluster/resource-types.js'
import { objectId, printId } from '../../model/resource-id.js'
import type { Shard } from '../calicoctl/input.js'
import { runNamespace } from '../delete/run-namespace.js'
import type { Busy, RunnerError } from '../error.js'
import type { Grant } from '../permission/grants.js'
import { digestAnnotation } from '../state/owner-labels.js'
import { createOnce } from './create.js'
import { type InputIds, verifyInput } from './integrity.js'
import { configMapName, job, type RunSpec, runMetadata, runName } from './job.js'
import { type JobPlan, shardsOf } from './job-plan.js'
import type { JobRunContext } from './job-run-context.js'
import { binding, type Piece, role } from './rbac.js'

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
const acquireLease =
  (context: JobRunContext, anchor: OwnerReference): TaskEither<RunnerError, KubeObject> =>
  async () => {
    const { cluster, spec } = context
    const name = leaseName(spec.owner)
    const lease: KubeObject = {
      apiVersion: apiVersionOf(leases),
      kind: leases.kind,
      metadata: runMetadata(spec, leases.kind, name, anchor),
      spec: { holderIdentity: spec.run, leaseDurationSeconds: spec.deadlineSeconds + spec.ttlSeconds },
    }
    const created = await createOnce(context, leases, lease)()
    if (E.isRight(created) || created.left._tag !== 'AlreadyExists') return created
    const held = await cluster.get({ type: leases, namespace: spec.namespace, name }, context)()
    return E.left(busy(E.isRight(held) ? holderOf(held.right) : 'one that has just ended'))
  }

const referenceTo = (object: KubeObject): OwnerReference => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  name: object.metadata.name,
  uid: object.metadata.uid ?? '',
})

const withDigest = (metadata: ObjectMeta, { digest }: Shard): ObjectMeta => ({
  ...metadata,
  annotations: { ...metadata.annotations, [digestAnnotation]: digest },
})

const inputs = (spec: RunSpec, anchor: OwnerReference): ReadonlyArray<Piece> =>
  shardsOf(spec.jobs).map((shard) => ({
    type: configMaps,
    object: {
      apiVersion: apiVersionOf(configMaps),
      kind: configMaps.kind,
      metadata: withDigest(runMetadata(spec, configMaps.kind, configMapName(spec.run, shard), anchor), shard),
      immutable: true,
      data: { [shard.file]: shard.text },
    },
  }))

const account = (spec: RunSpec, anchor: OwnerReference): Piece => ({
  type: serviceAccounts,
  object: {
    apiVersion: apiVersionOf(serviceAccounts),
    kind: serviceAccounts.kind,
    metadata: runMetadata(spec, serviceAccounts.kind, spec.serviceAccount, anchor),
    automountServiceAccountToken: false,
  },
})

/** What a run stands on: its first Job, which owns the rest, and the input as it was seen before the pod could start. */
export interface Provisioned {
  readonly job: KubeObject
  readonly inputs: InputIds
}

/**
 * Makes all that one run needs. The Job comes first and owns the rest, so that nothing outlives it. The service
 * account comes last: until then the Job's pod cannot be made, so it never starts without its input or rights.
 *
 * `grants` is empty where a service account that exists is used.
 */
export const provision = (
  context: JobRunContext,
  grants: ReadonlyArray<Grant>,
): TaskEither<RunnerError, Provisioned> =>
  task(async (unwrap) => {
    const { spec, emit } = context
    const make = async ({ type, object }: Piece): Promise<KubeObject> => {
      const made = await unwrap(createOnce(context, type, object))
      emit({ _tag: 'Created', object: printId(objectId(object)) })
      return made
    }
    if (spec.makeNamespace) {
      await make({ type: namespaces, object: runNamespace(spec.owner, spec.run, spec.namespace) })
    }
    const made = await make({ type: jobs, object: job(spec, spec.jobs[0] ?? []) })
    const anchor = referenceTo(made)
    const lease = await unwrap(acquireLease(context, anchor))
    emit({ _tag: 'Created', object: printId(objectId(lease)) })
    await inParallel(inputs(spec, anchor), make)
    const [clusterGrant, ...namespaceGrants] = grants
    if (clusterGrant === undefined) {
      return { job: made, inputs: await unwrap(verifyInput(context)) }
    }
    const subject = { owner: spec.owner, run: spec.run, name: runName(spec.run), namespace: spec.namespace }
    const clusterAnchor = referenceTo(await make(role(subject, clusterGrant)))
    await inParallel(namespaceGrants, (grant) => make(role(subject, grant, clusterAnchor)))
    await inParallel(grants, (grant) => make(binding(subject, grant, clusterAnchor)))
    const seen = await unwrap(verifyInput(context))
    await make(account(spec, anchor))
    return { job: made, inputs: seen }
  })

/** A Job after the first one of its run. */
export interface NextJob {
  readonly plan: JobPlan
  readonly number: number
  readonly first: KubeObject
}

/** A later Job of the same run, by its number: it stands on what the first one owns, and goes with it. */
export const startNext = (
  context: JobRunContext,
  { plan, number, first }: NextJob,
): TaskEither<RunnerError, KubeObject> =>
  task(async (unwrap) => {
    const object = job(context.spec, plan, number, referenceTo(first))
    const made = await unwrap(createOnce(context, jobs, object))
    context.emit({ _tag: 'Created', object: printId(objectId(object)) })
    return made
  })
