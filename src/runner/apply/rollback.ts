import * as E from 'fp-ts/lib/Either.js'
import { inParallel } from '../../async/parallel.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import { removeAll } from '../delete/delete-owned.js'
import type { Emit } from '../event.js'
import type { ItemOutcome, Leftover } from '../report.js'
import type { Present, PresentByName } from '../state/live-resource.js'

const restore = async (
  cluster: Cluster,
  before: Present,
  written: Present,
  options: CallOptions,
): Promise<string | undefined> => {
  const { resourceVersion } = written.only
  const { metadata } = before.object
  const object = { ...before.object, metadata: { ...metadata, resourceVersion } }
  const replaced = await cluster.replace(before.ref.type, object, options)()
  return E.isLeft(replaced) ? replaced.left.message : undefined
}

const withdraw = async (
  cluster: Cluster,
  written: Present,
  emit: Emit,
  options: CallOptions,
): Promise<string | undefined> => {
  const { left, changed, unanswered } = await removeAll(cluster, [written], emit, options)
  if (changed.length > 0) return 'someone else has changed it since'
  return left[0]?.cause ?? (unanswered.length > 0 ? 'the cluster did not answer' : undefined)
}

export interface RolledBack {
  readonly items: ReadonlyArray<ItemOutcome>
  /** What could not be taken back, and why. */
  readonly left: ReadonlyArray<Leftover>
}

/**
 * Takes back what the run wrote, at the very versions that it wrote: what it created is deleted, what it updated gets
 * its former content. What someone else has changed since stays.
 */
export const rollBack = async (
  cluster: Cluster,
  before: PresentByName,
  after: PresentByName,
  items: ReadonlyArray<ItemOutcome>,
  emit: Emit,
  options: CallOptions,
): Promise<RolledBack> => {
  const left: Array<Leftover> = []
  const back = await inParallel(items, async (item): Promise<ItemOutcome> => {
    const written = after.get(item.name)
    const former = before.get(item.name)
    if (written === undefined || (item.outcome !== 'created' && item.outcome !== 'updated')) return item
    const cause =
      item.outcome === 'created' || former === undefined
        ? await withdraw(cluster, written, emit, options)
        : await restore(cluster, former, written, options)
    if (cause === undefined) {
      return { name: item.name, outcome: 'reverted', cause: `it was ${item.outcome}, and taken back` }
    }
    left.push({ name: item.name, cause: `it could not be taken back: ${cause}` })
    return item
  })
  return { items: back, left }
}
