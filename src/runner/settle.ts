import * as E from 'fp-ts/lib/Either.js'
import { deadline } from './deadline.js'
import type { Prepared } from './prepare.js'
import { type PresentByName, readPresentOf } from './present.js'
import type { Removal } from './remove.js'
import type { ItemOutcome } from './report.js'
import type { Execution, Route, Task } from './transport.js'
import { unverified, verify, type Writing } from './verify.js'

/** What there is when a run is over. */
export interface Settled {
  readonly items: ReadonlyArray<ItemOutcome>
  /** What was read back; absent where that failed. */
  readonly after: PresentByName | undefined
  readonly removal: Removal
}

const readBack = async (
  { cluster, settings, emit }: Task,
  { calico, wanted, present, plan }: Prepared,
  execution: Execution,
  writing: Writing,
  graceMs: number,
): Promise<Pick<Settled, 'items' | 'after'>> => {
  emit({ _tag: 'Started', step: 'verify' })
  const options = { signal: deadline(graceMs) }
  const after = await readPresentOf(cluster, settings.owner, calico, wanted, [], options)()
  return E.isLeft(after)
    ? { items: unverified(plan.batch, after.left.message), after: undefined }
    : { items: verify(plan.batch, present, after.right, execution, writing), after: after.right }
}

/**
 * Clears up after the run and reads back what became of each item, even when the caller's time is up. What has ended
 * writes no more, so both go at once; what has not is ended first.
 */
export const settle = async (
  route: Route,
  task: Task,
  prepared: Prepared,
  execution: Execution,
): Promise<Settled> => {
  const { graceMs } = task.settings
  if (execution.ended) {
    const [removal, read] = await Promise.all([
      route.clear(task, graceMs),
      readBack(task, prepared, execution, 'over', graceMs),
    ])
    return { ...read, removal }
  }
  const removal = await route.clear(task, graceMs / 2)
  const writing = removal.left.length === 0 ? 'over' : 'may go on'
  return { ...(await readBack(task, prepared, execution, writing, graceMs / 2)), removal }
}
