import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../../async/deadline.js'
import { attempt } from '../../async/task.js'
import type { Cluster } from '../../cluster/port.js'
import type { RunnerError } from '../error.js'
import { emitter } from '../event.js'
import { printAccess } from '../permission/access.js'
import type { Grant } from '../permission/grants.js'
import { missingAccess } from '../permission/preflight.js'
import { sizeOf } from '../plan/batch.js'
import { prepare } from '../plan/prepare.js'
import type { PlanItem } from '../report.js'
import type { Settings } from '../settings.js'
import type { ApplyOptions } from './apply.js'
import { transportOf } from './select-transport.js'

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
    const route = await must(transportOf(settings)(cluster, settings, prepared, call))
    const need = { ...route, calico, plan, rollback: options.rollback === true }
    const runs = sizeOf(plan.batch) > 0
    const writes = runs || plan.remove.length > 0
    return {
      owner: settings.owner,
      calico: calico.version,
      items: plan.items,
      changes: plan.items.some((item) => item.action !== 'unchanged'),
      ...(runs && route.image !== undefined ? { image: route.image } : {}),
      grants: runs ? route.grants : [],
      makes: runs ? route.makes : [],
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
