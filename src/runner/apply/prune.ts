import * as E from 'fp-ts/lib/Either.js'
import { deletable } from '../delete/deletable.js'
import { deleteOwned } from '../delete/delete-owned.js'
import type { Plan } from '../plan/plan.js'
import type { ItemOutcome } from '../report.js'
import { type CallContext, type RunContext, stillThere } from '../run-context.js'
import type { LiveResource } from '../state/live-resource.js'

const round = async (
  context: CallContext,
  doomed: ReadonlyArray<LiveResource>,
): Promise<ReadonlyArray<ItemOutcome>> => {
  const { owned, unread } = await deletable(context, doomed)
  const { deleted, left, changed, unanswered } = await deleteOwned(context, owned)
  const told = new Map<string, ItemOutcome>([
    ...[...unread, ...left].map(({ name, cause }) => [name, { name, outcome: 'failed', cause }] as const),
    ...changed.map((name) => {
      const cause = 'it changed while it was being deleted'
      return [name, { name, outcome: 'failed', cause }] as const
    }),
    ...unanswered.map((name) => {
      const cause = 'no answer came: the deletion may yet happen'
      return [name, { name, outcome: 'unknown', cause }] as const
    }),
    ...deleted.map((name) => [name, { name, outcome: 'deleted' }] as const),
  ])
  const judged = [...owned, ...unread].map(({ name }) => name)
  // Whoever else deleted it: it is gone, which is what was asked for.
  return judged.map((name) => told.get(name) ?? { name, outcome: 'deleted' })
}

/** Deletes what the owner has and the resources no longer name, at the versions that were read. */
export const prune = async (context: RunContext, plan: Plan): Promise<ReadonlyArray<ItemOutcome>> => {
  const items: Array<ItemOutcome> = []
  for (let rest = plan.remove; rest.length > 0; ) {
    items.push(...(await round(context, rest)))
    const judged = new Set(items.map(({ name }) => name))
    rest = rest.filter(({ name }) => !judged.has(name))
  }
  const there = items.length === 0 ? E.right(undefined) : await stillThere(context)()
  if (E.isRight(there)) return items
  const { message: cause } = there.left
  return items.map((item) => (item.outcome === 'deleted' ? { ...item, outcome: 'unknown', cause } : item))
}
