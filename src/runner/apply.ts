import { randomBytes } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CallOptions, Cluster } from '../cluster/port.js'
import { attempt } from './attempt.js'
import { sizeOf } from './batch.js'
import { deadline } from './deadline.js'
import type { Foreign, RunnerError } from './error.js'
import { type Emit, emitter, type RunEvent } from './event.js'
import { execute, type Task } from './execute.js'
import { failureOf, pruneFailure } from './failure.js'
import { refuseLockout } from './lockout.js'
import type { PlanOptions } from './plan.js'
import { preflight } from './preflight.js'
import { type Prepared, placeFor, prepare } from './prepare.js'
import { prune } from './prune.js'
import type { ApplyReport, ItemOutcome, PlanItem } from './report.js'
import { rollBack } from './rollback.js'
import type { Settings } from './settings.js'
import { type Settled, settle } from './settle.js'

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

/** The task of a run: all that is refused is refused here, before anything is written. */
const taskFor = (
  cluster: Cluster,
  settings: Settings,
  prepared: Prepared,
  emit: Emit,
  options: ApplyOptions & { readonly signal: AbortSignal; readonly timeoutMs: number },
): TaskEither<RunnerError, Task> =>
  attempt(async (must) => {
    const { calico, plan } = prepared
    await must(refuseForeign(plan.items))
    const call: CallOptions = { signal: options.signal }
    const place = await must(placeFor(cluster, settings, prepared, call))
    emit({ _tag: 'Started', step: 'preflight' })
    if (settings.lockout !== 'ignore' && sizeOf(plan.batch) > 0) {
      await must(refuseLockout(cluster, settings, calico, place.namespace, prepared, call))
    }
    await must(preflight(cluster, { settings, plan, place, rollback: options.rollback === true }, call))
    const { signal, timeoutMs } = options
    return { cluster, settings, calico, batch: plan.batch, ...place, run: newRun(), timeoutMs, emit, signal }
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
    const report = (run: string, items: ReadonlyArray<ItemOutcome>, settled?: Settled): ApplyReport => ({
      owner: settings.owner,
      run,
      calico: calico.version,
      items: [...items, ...unchanged(plan.items)],
      reaped: settled?.removal.removed ?? [],
      left: settled?.removal.left ?? [],
      elapsedMs: Date.now() - start,
    })
    if (nothingToDo) return report(newRun(), [])
    const task = await must(taskFor(cluster, settings, prepared, emit, { ...options, signal, timeoutMs }))
    const pruned = async (items: ReadonlyArray<ItemOutcome>, settled?: Settled): Promise<ApplyReport> => {
      const deleted = await prune(cluster, plan, emit, { signal })
      const whole = report(task.run, [...items, ...deleted], settled)
      const failure = pruneFailure(whole)
      return failure === undefined ? whole : must(E.left(failure))
    }
    if (sizeOf(plan.batch) === 0) return pruned([])
    const execution = await execute(task)
    const settled = await settle(task, prepared, execution)
    const failure = failureOf(execution, report(task.run, settled.items, settled))
    if (failure === undefined) return pruned(settled.items, settled)
    if (options.rollback !== true || !('report' in failure)) return must(E.left(failure))
    const back = await takenBack(task, prepared, settled)
    return must(E.left(failureOf(execution, report(task.run, back.items, back)) ?? failure))
  })
