import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import {
  clusterRoleBindings,
  clusterRoles,
  configMaps,
  jobs,
  leases,
  namespaces,
  pods,
  roleBindings,
  roles,
  serviceAccounts,
} from '../../cluster/resource-types.js'
import { namespaceOf } from '../../model/resource-id.js'
import type { RunnerError } from '../error.js'
import { type Access, accessTo } from '../permission/access.js'
import { type Grant, grantsFor } from '../permission/grants.js'
import { type Batch, sizeOf, verbs } from '../plan/batch.js'
import type { CallContext, RunContext } from '../run-context.js'
import type { Settings } from '../settings.js'
import { configMapName, jobName, runName } from './job.js'
import { planJobs, shardsOf } from './job-plan.js'

/** Where the run's objects live, and what its pod may do. */
export interface Requirements {
  readonly namespace: string
  readonly makeNamespace: boolean
  readonly grants: ReadonlyArray<Grant>
}

/** One that is named in the options and does not exist is made. What cannot be read is taken to be there. */
const isToBeMade = async (context: CallContext, name: string): Promise<boolean> => {
  const found = await context.cluster.get({ type: namespaces, name }, context)()
  return E.isLeft(found) && found.left._tag === 'NotFound'
}

export const requirementsFor = (context: RunContext, batch: Batch): TaskEither<RunnerError, Requirements> =>
  task(async (unwrap) => {
    const { cluster, calico, settings } = context
    const { namespace: named } = settings
    return {
      namespace: named ?? (await unwrap(cluster.target(context))).namespace,
      makeNamespace: named !== undefined && (await isToBeMade(context, named)),
      grants: settings.rbac === 'provision' ? grantsFor(batch, calico) : [],
    }
  })

const made = ['create', 'list', 'delete'] as const

/** What the Runner needs to make all that the run stands on. */
export const accessFor = (
  { rbac }: Settings,
  batch: Batch,
  { namespace, makeNamespace }: Requirements,
): ReadonlyArray<Access> => {
  if (sizeOf(batch) === 0) return []
  const items = verbs.flatMap((verb) => batch[verb])
  const targets = [...new Set(items.flatMap((item) => namespaceOf(item) ?? []))]
  const provisioned =
    rbac === 'provision'
      ? [
          ...accessTo(serviceAccounts, made, namespace),
          ...accessTo(clusterRoles, made),
          ...accessTo(clusterRoleBindings, made),
          ...targets.flatMap((target) => [
            ...accessTo(roles, made, target),
            ...accessTo(roleBindings, made, target),
          ]),
        ]
      : []
  return [
    ...(makeNamespace ? accessTo(namespaces, made) : []),
    ...accessTo(jobs, [...made, 'get'], namespace),
    ...accessTo(configMaps, made, namespace),
    ...accessTo(leases, [...made, 'get'], namespace),
    ...accessTo(pods, ['list'], namespace),
    ...accessTo(pods, ['get'], namespace, 'log'),
    ...provisioned,
  ]
}

/** What the run makes there, by name; RUN stands for 26 random characters. */
export const makesFor = (
  batch: Batch,
  { partSize }: Settings,
  { namespace, makeNamespace, grants }: Requirements,
): ReadonlyArray<string> => {
  const run = 'RUN'
  const name = runName(run)
  const planned = planJobs(batch, partSize)
  const own = (kind: string): string => `${kind}(${namespace}/${name})`
  return [
    ...(makeNamespace ? [`Namespace(${namespace})`] : []),
    ...planned.map((_, index) => `Job(${namespace}/${jobName(run, index + 1)})`),
    ...shardsOf(planned).map((shard) => `ConfigMap(${namespace}/${configMapName(run, shard)})`),
    ...grants.flatMap((grant) =>
      grant.namespace === undefined
        ? [`ClusterRole(${name})`, `ClusterRoleBinding(${name})`]
        : [`Role(${grant.namespace}/${name})`, `RoleBinding(${grant.namespace}/${name})`],
    ),
    ...(grants.length > 0 ? [own('ServiceAccount')] : []),
  ]
}
