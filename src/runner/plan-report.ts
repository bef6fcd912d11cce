import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Cluster } from '../cluster/port.js'
import { printAccess } from './access.js'
import type { ApplyOptions } from './apply.js'
import { attempt } from './attempt.js'
import { sizeOf } from './batch.js'
import { deadline } from './deadline.js'
import type { RunnerError } from './error.js'
import { emitter } from './event.js'
import { programFor } from './image.js'
import { configMapName, jobName, runName } from './job.js'
import type { Plan } from './plan.js'
import { missingAccess } from './preflight.js'
import { type Place, placeFor, prepare } from './prepare.js'
import type { Grant } from './rbac.js'
import type { PlanItem } from './report.js'
import type { Settings } from './settings.js'
import { shardsOf, waves } from './wave.js'

/** What apply would do, and what it would make for that. Plain JSON. */
export interface PlanReport {
  readonly owner: string
  /** Calico's version on the cluster. */
  readonly calico: string
  readonly items: ReadonlyArray<PlanItem>
  /** Whether apply would write anything at all. */
  readonly changes: boolean
  /** The image of the pod; absent where no pod is needed. */
  readonly image?: string
  /** What the pod may do, and nothing else. Empty where no pod is needed or its service account exists. */
  readonly grants: ReadonlyArray<Grant>
  /** What the run makes for itself, and removes: `Job`, `3 ConfigMap`. RUN stands for 26 random characters. */
  readonly makes: ReadonlyArray<string>
  /** What apply would need and these credentials may not do. */
  readonly missing: ReadonlyArray<string>
}

const makesFor = (
  { batch }: Plan,
  { namespace, makeNamespace, grants }: Place,
  { partSize }: Settings,
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

export const planWith = (
  cluster: Cluster,
  settings: Settings,
  input: ReadonlyArray<unknown>,
  options: ApplyOptions,
): TaskEither<RunnerError, PlanReport> =>
  attempt(async (must) => {
    const emit = emitter(options.onEvent)
    const call = { ...options, signal: deadline(options.timeoutMs ?? settings.timeoutMs, options.signal) }
    const prepared = await must(prepare(cluster, settings, input, emit, call))
    const { calico, plan } = prepared
    const place = await must(placeFor(cluster, settings, prepared, call))
    const need = { settings, plan, place, rollback: options.rollback === true }
    const runs = sizeOf(plan.batch) > 0
    const writes = runs || plan.remove.length > 0
    return {
      owner: settings.owner,
      calico: calico.version,
      items: plan.items,
      changes: plan.items.some((item) => item.action !== 'unchanged'),
      ...(runs ? { image: programFor(calico.version, settings.image).image } : {}),
      grants: runs ? place.grants : [],
      makes: runs ? makesFor(plan, place, settings) : [],
      missing: writes ? (await must(missingAccess(cluster, need, call))).map(printAccess) : [],
    }
  })

const mark = { create: '+', update: '~', delete: '-', conflict: '!', unchanged: '=' } as const

const line = (item: PlanItem): string => {
  const fields =
    item.action === 'update'
      ? item.changes.map(({ change, field }) => `\n    ${change} ${field}`).join('')
      : ''
  const cause = item.action === 'conflict' ? `: ${item.cause}` : ''
  return `${mark[item.action]} ${item.action} ${item.name}${cause}${fields}`
}

/** The plan as text for people, a line for each resource. */
export const printPlan = (plan: PlanReport): string => {
  const rules = plan.grants.flatMap(({ namespace, rules: granted }) =>
    granted.map(({ verbs, resources, resourceNames }) => {
      const which = resourceNames === undefined ? '' : ` named ${resourceNames.join(', ')}`
      return `  may ${verbs.join(', ')} ${resources.join(', ')}${which}${namespace === undefined ? '' : ` in ${namespace}`}`
    }),
  )
  const pod = plan.image === undefined ? [] : [`A pod of ${plan.image} for it, which`, ...rules]
  const missing = plan.missing.map((access) => `  missing: ${access}`)
  return [`Calico ${plan.calico}, owner ${plan.owner}`, ...plan.items.map(line), ...pod, ...missing].join(
    '\n',
  )
}
