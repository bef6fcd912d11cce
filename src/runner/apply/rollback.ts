import * as E from 'fp-ts/lib/Either.js'
import { inParallel } from '../../async/parallel.js'
import { deleteOwned } from '../delete/delete-owned.js'
import type { ItemOutcome, Leftover } from '../report.js'
import type { CallContext } from '../run-context.js'
import type { LiveByName, LiveResource } from '../state/live-resource.js'

const restore = async (
  context: CallContext,
  before: LiveResource,
  written: LiveResource,
): Promise<string | undefined> => {
  const { resourceVersion } = written.only
  const { metadata } = before.object
  const object = { ...before.object, metadata: { ...metadata, resourceVersion } }
  const replaced = await context.cluster.replace(before.ref.type, object, context)()
  return E.isLeft(replaced) ? replaced.left.message : undefined
}

const withdraw = async (context: CallContext, written: LiveResource): Promise<string | undefined> => {
  const { left, changed, unanswered } = await deleteOwned(context, [written])
  if (changed.length > 0) return 'someone else has changed it since'
  return left[0]?.cause ?? (unanswered.length > 0 ? 'the cluster did not answer' : undefined)
}

export interface RolledBack {
  readonly items: ReadonlyArray<ItemOutcome>
  /** What could not be taken back, and why. */
  readonly left: ReadonlyArray<Leftover>
}

const isWritten = ({ outcome }: ItemOutcome): boolean =>
  outcome === 'created' || outcome === 'updated' || outcome === 'set' || outcome === 'restored'

/** The cluster before and after the run, and what the run did in between. */
export interface Written {
  readonly before: LiveByName
  readonly after: LiveByName
  readonly items: ReadonlyArray<ItemOutcome>
}

/**
 * Takes back what the run wrote, at the very versions that it wrote: what it created is deleted, what it updated gets
 * its former content. What someone else has changed since stays.
 */
export const rollBack = async (
  context: CallContext,
  { before, after, items }: Written,
): Promise<RolledBack> => {
  const left: Array<Leftover> = []
  const back = await inParallel(items, async (item): Promise<ItemOutcome> => {
    const written = after.get(item.name)
    const former = before.get(item.name)
    if (written === undefined || !isWritten(item)) return item
    const cause =
      item.outcome === 'created' || former === undefined
        ? await withdraw(context, written)
        : await restore(context, former, written)
    if (cause === undefined) {
      return { name: item.name, outcome: 'reverted', cause: `it was ${item.outcome}, and taken back` }
    }
    left.push({ name: item.name, cause: `it could not be taken back: ${cause}` })
    return item
  })
  return { items: back, left }
}
