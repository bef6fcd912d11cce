import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { attempt } from '../../async/task.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
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
import type { Prepared } from '../plan/prepare.js'
import type { Settings } from '../settings.js'
import { configMapName, jobName, runName } from './job.js'
import { shardsOf, waves } from './job-plan.js'

/** Where the run's objects live, and what its pod may do. */
export interface Place {
  readonly namespace: string
  readonly makeNamespace: boolean
  readonly grants: ReadonlyArray<Grant>
}

/** One that is named in the options and does not exist is made. What cannot be read is taken to be there. */
const isToBeMade = async (cluster: Cluster, name: string, options: CallOptions): Promise<boolean> => {
  const found = await cluster.get({ type: namespaces, name }, options)()
  return E.isLeft(found) && found.left._tag === 'NotFound'
}

export const placeFor = (
  cluster: Cluster,
  settings: Settings,
  { calico, plan }: Prepared,
  options: CallOptions,
): TaskEither<RunnerError, Place> =>
  attempt(async (must) => {
    const { namespace: named } = settings
    return {
      namespace: named ?? (await must(cluster.target(options))).namespace,
      makeNamespace: named !== undefined && (await isToBeMade(cluster, named, options)),
      grants: settings.rbac === 'provision' ? grantsFor(plan.batch, calico) : [],
    }
  })

const made = ['create', 'list', 'delete'] as const

/** What the Runner needs to make all that the run stands on. */
export const accessFor = (
  { rbac }: Settings,
  batch: Batch,
  { namespace, makeNamespace }: Place,
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
  { namespace, makeNamespace, grants }: Place,
): ReadonlyArray<string> => {
  const run = 'RUN'
  const name = runName(run)
  const planned = waves(batch, partSize)
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
