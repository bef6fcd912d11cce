import * as E from 'fp-ts/lib/Either.js'
import { deadline } from './deadline.js'
import type { Execution, Task } from './execute.js'
import { removeHomes } from './home.js'
import { typesFor } from './owned.js'
import type { Prepared } from './prepare.js'
import { type PresentByName, readPresentOf } from './present.js'
import { reap } from './reap.js'
import { joinRemovals, nothingRemoved, type Removal } from './remove.js'
import type { ItemOutcome } from './report.js'
import { type Pod, unverified, verify } from './verify.js'

/** What there is when a run is over. */
export interface Settled {
  readonly items: ReadonlyArray<ItemOutcome>
  /** What was read back; absent where that failed. */
  readonly after: PresentByName | undefined
  readonly removal: Removal
}

const clear = async (task: Task, graceMs: number): Promise<Removal> => {
  const { cluster, settings, grants, emit, namespace, run } = task
  const options = { signal: deadline(graceMs) }
  const targets = grants.flatMap((grant) => grant.namespace ?? [])
  const scope = { owner: settings.owner, run, home: namespace, targets }
  emit({ _tag: 'Started', step: 'reap' })
  const removal = await reap(cluster, typesFor(settings), scope, emit, options)
  const home = task.makeNamespace ? await removeHomes(cluster, scope, emit, options) : nothingRemoved
  return joinRemovals([removal, home])
}

const readBack = async (
  { cluster, settings, emit }: Task,
  { calico, wanted, present, plan }: Prepared,
  { said }: Execution,
  pod: Pod,
  graceMs: number,
): Promise<Pick<Settled, 'items' | 'after'>> => {
  emit({ _tag: 'Started', step: 'verify' })
  const options = { signal: deadline(graceMs) }
  const after = await readPresentOf(cluster, settings.owner, calico, wanted, [], options)()
  return E.isLeft(after)
    ? { items: unverified(plan.batch, after.left.message), after: undefined }
    : { items: verify(plan.batch, present, after.right, said, pod), after: after.right }
}

/**
 * Reaps the run and reads back what became of each item, even when the caller's time is up. A pod that has ended
 * writes no more, so both go at once; one that has not is ended first.
 */
export const settle = async (task: Task, prepared: Prepared, execution: Execution): Promise<Settled> => {
  const { graceMs } = task.settings
  const ended = E.isRight(execution.result) && execution.result.right._tag === 'Ended'
  if (ended) {
    const [removal, read] = await Promise.all([
      clear(task, graceMs),
      readBack(task, prepared, execution, 'gone', graceMs),
    ])
    return { ...read, removal }
  }
  const removal = await clear(task, graceMs / 2)
  const pod = removal.left.length === 0 ? 'gone' : 'may still write'
  return { ...(await readBack(task, prepared, execution, pod, graceMs / 2)), removal }
}
