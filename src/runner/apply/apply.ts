import { randomBytes } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../../async/deadline.js'
import { attempt } from '../../async/task.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import type { Foreign, RunnerError } from '../error.js'
import { pruneFailure } from '../error.js'
import { type Emit, emitter, type RunEvent } from '../event.js'
import { preflight } from '../permission/preflight.js'
import { sizeOf } from '../plan/batch.js'
import type { PlanOptions } from '../plan/plan.js'
import { type Prepared, prepare } from '../plan/prepare.js'
import type { ApplyReport, ItemOutcome, PlanItem } from '../report.js'
import type { Settings } from '../settings.js'
import type { Route, Task } from '../write/transport.js'
import { prune } from './prune.js'
import { type Settled, settle } from './read-back.js'
import { rollBack } from './rollback.js'
import { transportOf } from './select-transport.js'

export interface ApplyOptions extends PlanOptions {
  /** When the run fails, take back what it wrote: delete what it created, restore what it updated. */
  readonly rollback?: boolean
  readonly signal?: AbortSignal
  /** Overrides the Runner's, for this call. */
  readonly timeoutMs?: number
  readonly onEvent?: (event: RunEvent) => void
}

/** 128 random bits as 26 characters that fit into any Kubernetes name. */
const newRun = (): string =>
  [...randomBytes(26)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')

const refuseForeign = (items: ReadonlyArray<PlanItem>): E.Either<Foreign, void> => {
  const conflicts = items.flatMap((item) =>
    item.action === 'conflict' ? [`${item.name}: ${item.cause}`] : [],
  )
  return conflicts.length === 0
    ? E.right(undefined)
    : E.left({
        _tag: 'Foreign',
        message: `not of this owner: ${conflicts.join('; ')}`,
        hint: 'choose other names, delete those objects yourself, or pass { adopt: true } to take them over',
        objects: conflicts,
      })
}

const unchanged = (items: ReadonlyArray<PlanItem>): ReadonlyArray<ItemOutcome> =>
  items.flatMap((item) => (item.action === 'unchanged' ? [{ name: item.name, outcome: 'unchanged' }] : []))

/** A run that may begin: all that is refused is refused here, before anything is written. */
const ready = (
  cluster: Cluster,
  settings: Settings,
  prepared: Prepared,
  emit: Emit,
  options: ApplyOptions & { readonly signal: AbortSignal; readonly timeoutMs: number },
): TaskEither<RunnerError, { readonly route: Route; readonly task: Task }> =>
  attempt(async (must) => {
    const { calico, plan } = prepared
    const { signal, timeoutMs, rollback = false } = options
    const call: CallOptions = { signal }
    const route = await must(transportOf(settings)(cluster, settings, prepared, call))
    emit({ _tag: 'Started', step: 'preflight' })
    await must(route.refuse())
    await must(preflight(cluster, { ...route, calico, plan, rollback }, call))
    const task = { cluster, settings, calico, batch: plan.batch, run: newRun(), timeoutMs, emit, signal }
    return { route, task }
  })

const takenBack = async (
  { cluster, settings, emit }: Task,
  { present }: Prepared,
  settled: Settled,
): Promise<Settled> => {
  if (settled.after === undefined) return settled
  const options = { signal: deadline(settings.graceMs) }
  const { items, left } = await rollBack(cluster, present, settled.after, settled.items, emit, options)
  const { removal } = settled
  return { ...settled, items, removal: { ...removal, left: [...removal.left, ...left] } }
}

/** The whole of one run. See docs/06-runner.md for its story. */
export const applyWith = (
  cluster: Cluster,
  settings: Settings,
  input: ReadonlyArray<unknown>,
  options: ApplyOptions,
): TaskEither<RunnerError, ApplyReport> =>
  attempt(async (must) => {
    const start = Date.now()
    const emit = emitter(options.onEvent)
    const timeoutMs = options.timeoutMs ?? settings.timeoutMs
    const signal = deadline(timeoutMs, options.signal)
    const prepared = await must(prepare(cluster, settings, input, emit, { ...options, signal }))
    const { calico, plan } = prepared
    const nothingToDo = sizeOf(plan.batch) === 0 && plan.remove.length === 0
    await must(refuseForeign(plan.items))
    const report = (
      run: string,
      items: ReadonlyArray<ItemOutcome>,
      settled?: Settled,
      warnings: ReadonlyArray<string> = [],
    ): ApplyReport => ({
      owner: settings.owner,
      run,
      calico: calico.version,
      items: [...items, ...unchanged(plan.items)],
      reaped: settled?.removal.removed ?? [],
      left: settled?.removal.left ?? [],
      warnings,
      elapsedMs: Date.now() - start,
    })
    if (nothingToDo) return report(newRun(), [])
    const { route, task } = await must(
      ready(cluster, settings, prepared, emit, { ...options, signal, timeoutMs }),
    )
    const pruned = async (settled?: Settled, warnings?: ReadonlyArray<string>): Promise<ApplyReport> => {
      const deleted = await prune(cluster, plan, emit, { signal })
      const whole = report(task.run, [...(settled?.items ?? []), ...deleted], settled, warnings)
      const failure = pruneFailure(whole)
      return failure === undefined ? whole : must(E.left(failure))
    }
    if (sizeOf(plan.batch) === 0) return pruned()
    const execution = await route.execute(task)
    const settled = await settle(route, task, prepared, execution)
    const failure = execution.failure(report(task.run, settled.items, settled))
    if (failure === undefined) return pruned(settled, execution.warnings)
    if (options.rollback !== true || !('report' in failure)) return must(E.left(failure))
    const back = await takenBack(task, prepared, settled)
    return must(E.left(execution.failure(report(task.run, back.items, back)) ?? failure))
  })
