import { randomBytes } from 'node:crypto'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { ListenedOptions } from '../call-options.js'
import { findNodeLockout } from '../effect/find-node-lockout.js'
import { foresee } from '../effect/foresee.js'
import { connectivityRefused } from '../effect/refuse-effect.js'
import type { Foreign, RunnerError } from '../error.js'
import { pruneFailure } from '../error.js'
import { preflight } from '../permission/preflight.js'
import { sizeOf } from '../plan/batch.js'
import type { PlanOptions } from '../plan/plan.js'
import { type Prepared, prepare } from '../plan/prepare.js'
import type { ApplyReport, ConnectivityEffect, ItemOutcome, PlanItem, Refusal } from '../report.js'
import { type CallContext, inGrace, type RunContext } from '../run-context.js'
import { prune } from './prune.js'
import { clearAndReadBack, type ReadBack } from './read-back.js'
import { rollBack } from './rollback.js'
import { transportOf } from './select-transport.js'

/** The options of `apply` and `plan`. */
export interface ApplyOptions extends PlanOptions, ListenedOptions {
  /** When the run fails, take back what it wrote: delete what it created, restore what it updated. */
  readonly rollback?: boolean
  /** Read the cluster, and say in the report what opens and closes for the pods and nodes that are there. */
  readonly connectivity?: boolean
  /**
   * What is not to be applied: that which `opens` traffic or may open it, `closes` it or may, or of which that is
   * `unknown`. The cluster is read for it, and nothing is written.
   */
  readonly refuse?: ReadonlyArray<Refusal>
}

/** 128 random bits as 26 characters that fit into any Kubernetes name. */
const newRun = (): string =>
  [...randomBytes(26)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')

const foreign = (items: ReadonlyArray<PlanItem>): Foreign | undefined => {
  const conflicts = items.flatMap((item) =>
    item.action === 'conflict' ? [`${item.name}: ${item.cause}`] : [],
  )
  if (conflicts.length === 0) return undefined
  return {
    _tag: 'Foreign',
    message: `not this owner's: ${conflicts.join('; ')}`,
    hint: 'choose other names or fields, delete those objects yourself, or pass { adopt: true } to take them over',
    objects: conflicts,
  }
}

const unchanged = (items: ReadonlyArray<PlanItem>): ReadonlyArray<ItemOutcome> =>
  items.flatMap((item) => (item.action === 'unchanged' ? [{ name: item.name, outcome: 'unchanged' }] : []))

const takenBack = async (context: RunContext, prepared: Prepared, over: ReadBack): Promise<ReadBack> => {
  if (over.after === undefined) return over
  const grace = inGrace(context, context.settings.graceMs)
  const written = { before: prepared.live, after: over.after, items: over.items }
  const { items, left } = await rollBack(grace, written)
  return { ...over, items, deletion: { ...over.deletion, left: [...over.deletion.left, ...left] } }
}

/** What was set before and is not any more, and somebody else has changed. */
const keptWarnings = (items: ReadonlyArray<PlanItem>): ReadonlyArray<string> =>
  items.flatMap((item) =>
    'kept' in item
      ? (item.kept ?? []).map(
          (field) => `${item.name}: ${field} has been changed since it was set, and stays as it is`,
        )
      : [],
  )

interface Ended {
  readonly items?: ReadonlyArray<ItemOutcome>
  readonly over?: ReadBack
  readonly warnings?: ReadonlyArray<string>
}

/** The whole of one run. See docs/06-runner.md for its story. */
export const applyWith = (
  call: CallContext,
  input: ReadonlyArray<unknown>,
  options: ApplyOptions,
): TaskEither<RunnerError, ApplyReport> =>
  task(async (unwrap, fail) => {
    const start = Date.now()
    const run = newRun()
    const { context, prepared } = await unwrap(prepare(call, input, options))
    const { plan } = prepared
    const { rollback = false } = options
    let effect: ConnectivityEffect | undefined
    const report = ({ over, items = over?.items ?? [], warnings = [] }: Ended): ApplyReport => ({
      owner: context.settings.owner,
      run,
      calico: context.calico.version,
      items: [...items, ...unchanged(plan.items)],
      reaped: over?.deletion.deleted ?? [],
      left: over?.deletion.left ?? [],
      warnings,
      elapsedMs: Date.now() - start,
      ...(effect === undefined ? {} : { connectivity: effect }),
    })
    const conflict = foreign(plan.items)
    if (conflict !== undefined) return fail(conflict)
    const foreseen = await unwrap(foresee(context, prepared, options))
    effect = foreseen?.effect
    const refused = effect && connectivityRefused(effect)
    if (refused !== undefined) return fail(refused)
    const writes = sizeOf(plan.batch) > 0
    if (!writes && plan.remove.length === 0) return report({})
    const lockout = await unwrap(findNodeLockout(context, prepared, foreseen?.snapshot))
    if (lockout !== undefined) return fail(lockout)
    const writing = await unwrap(transportOf(context.settings)(context, prepared))
    context.emit({ _tag: 'Started', step: 'preflight' })
    await unwrap(writing.refuse)
    await unwrap(preflight(context, { ...writing, calico: context.calico, plan, rollback }))
    const pruned = async (ended: Ended): Promise<ApplyReport> => {
      const items = [...(ended.over?.items ?? []), ...(await prune(context, plan))]
      const whole = report({ ...ended, items })
      const failure = pruneFailure(whole)
      return failure === undefined ? whole : fail(failure)
    }
    if (!writes) return pruned({})
    const execution = await writing.execute(run)
    const clear = (graceMs: number) => writing.clear(run, graceMs)
    const over = await clearAndReadBack(context, prepared, execution, clear)
    const failure = execution.failure(report({ over }))
    const warnings = [...execution.warnings, ...over.warnings, ...keptWarnings(plan.items)]
    if (failure === undefined) return pruned({ over, warnings })
    if (!rollback || !('report' in failure)) return fail(failure)
    const back = await takenBack(context, prepared, over)
    return fail(execution.failure(report({ over: back })) ?? failure)
  })
