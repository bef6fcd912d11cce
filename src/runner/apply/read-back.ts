import * as E from 'fp-ts/lib/Either.js'
import type { Deletion } from '../delete/deletion.js'
import type { Prepared } from '../plan/prepare.js'
import type { ItemOutcome } from '../report.js'
import { inGrace, type RunContext, stillThere } from '../run-context.js'
import { type LiveByName, readLiveOf } from '../state/live-resource.js'
import type { Execution, WritePlan } from '../write/transport.js'
import { additions, outcomesOf, unknownOutcomes } from './item-outcome.js'

interface Read {
  readonly items: ReadonlyArray<ItemOutcome>
  /** What was read back; absent where that failed. */
  readonly after: LiveByName | undefined
  /** What was added to what was written. */
  readonly warnings: ReadonlyArray<string>
}

/** A run that is over: what became of its items and of what it made. */
export interface ReadBack extends Read {
  readonly deletion: Deletion
}

const read = async (
  context: RunContext,
  prepared: Prepared,
  execution: Execution,
  mayGoOn: boolean,
): Promise<Read> => {
  context.emit({ _tag: 'Started', step: 'verify' })
  const { owner, ignore } = context.settings
  const { wanted, plan } = prepared
  const [after, there] = await Promise.all([
    readLiveOf(context, [...wanted, ...plan.batch.replace], [])(),
    stillThere(context)(),
  ])
  const unknown = (cause: string): Read => ({
    items: unknownOutcomes(plan.batch, cause),
    after: undefined,
    warnings: [],
  })
  if (E.isLeft(after)) return unknown(after.left.message)
  if (E.isLeft(there)) return unknown(there.left.message)
  return {
    items: outcomesOf(prepared, { after: after.right, execution, mayGoOn, owner, ignore }),
    after: after.right,
    warnings: additions(prepared, after.right),
  }
}

/**
 * Clears up after the run and reads back what became of each item, even when the caller's time is up. What has ended
 * writes no more, so both go at once; what has not is ended first.
 */
export const clearAndReadBack = async (
  context: RunContext,
  prepared: Prepared,
  execution: Execution,
  clear: (graceMs: number) => ReturnType<WritePlan['clear']>,
): Promise<ReadBack> => {
  const { graceMs } = context.settings
  if (execution.ended) {
    const [deletion, found] = await Promise.all([
      clear(graceMs),
      read(inGrace(context, graceMs), prepared, execution, false),
    ])
    return { ...found, deletion }
  }
  const deletion = await clear(graceMs / 2)
  const mayGoOn = deletion.left.length > 0
  return { ...(await read(inGrace(context, graceMs / 2), prepared, execution, mayGoOn)), deletion }
}
