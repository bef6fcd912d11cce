import type { CallOptions, Cluster } from '../../cluster/port.js'
import { removable } from '../delete/deletable.js'
import { removeAll } from '../delete/delete-owned.js'
import type { Emit } from '../event.js'
import type { Plan } from '../plan/plan.js'
import type { ItemOutcome } from '../report.js'
import type { Present } from '../state/live-resource.js'

const round = async (
  cluster: Cluster,
  doomed: ReadonlyArray<Present>,
  emit: Emit,
  options: CallOptions,
): Promise<ReadonlyArray<ItemOutcome>> => {
  const { proven, unread } = await removable(cluster, doomed, options)
  const { removed, left, changed, unanswered } = await removeAll(cluster, proven, emit, options)
  const told = new Map<string, ItemOutcome>([
    ...[...unread, ...left].map(({ name, cause }) => [name, { name, outcome: 'failed', cause }] as const),
    ...changed.map((name) => {
      const cause = 'it changed while it was to be deleted'
      return [name, { name, outcome: 'failed', cause }] as const
    }),
    ...unanswered.map((name) => {
      const cause = 'no answer came: the deletion may yet happen'
      return [name, { name, outcome: 'unknown', cause }] as const
    }),
    ...removed.map((name) => [name, { name, outcome: 'deleted' }] as const),
  ])
  const judged = [...proven, ...unread].map(({ name }) => name)
  // Whoever else deleted it: it is gone, which is what was asked for.
  return judged.map((name) => told.get(name) ?? { name, outcome: 'deleted' })
}

/** Deletes what the owner has and the resources no longer name, at the versions that were read. */
export const prune = async (
  cluster: Cluster,
  plan: Plan,
  emit: Emit,
  options: CallOptions,
): Promise<ReadonlyArray<ItemOutcome>> => {
  const items: Array<ItemOutcome> = []
  for (let rest = plan.remove; rest.length > 0; ) {
    items.push(...(await round(cluster, rest, emit, options)))
    const judged = new Set(items.map(({ name }) => name))
    rest = rest.filter(({ name }) => !judged.has(name))
  }
  return items
}
