import * as E from 'fp-ts/lib/Either.js'
import { deadline } from '../../async/deadline.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import type { Removal } from '../delete/delete-owned.js'
import { type Batch, inOrder, type Verb, verbs } from '../plan/batch.js'
import type { Prepared } from '../plan/prepare.js'
import type { ItemOutcome } from '../report.js'
import { changedFields, digestOf } from '../state/diff.js'
import { type Present, type PresentByName, readPresentOf } from '../state/live-resource.js'
import type { Execution, Route, Task } from '../write/transport.js'

const done = { create: 'created', replace: 'updated' } as const

type Finding = 'done' | 'missing' | 'foreign' | 'unwritten' | 'overwritten'

/** What the cluster has in the place of a resource that was to be written. */
const finding = (wanted: Resource, before: Present | undefined, now: Present | undefined): Finding => {
  if (now === undefined) return 'missing'
  if (!now.owned) return 'foreign'
  if (now.only.resourceVersion === before?.only.resourceVersion) return 'unwritten'
  const same = now.resource !== undefined && changedFields(now.resource, wanted).length === 0
  if (same) return 'done'
  return now.applied === digestOf(wanted) ? 'overwritten' : 'unwritten'
}

const words: Readonly<Record<Exclude<Finding, 'done'>, string>> = {
  missing: '',
  unwritten: '',
  foreign: 'another owner has it now. ',
  overwritten: 'it was written, and someone else has changed it since. ',
}

/** While it may go on, what is missing may yet come. */
export type Writing = 'over' | 'may go on'

const verifyVerb = (
  verb: Verb,
  batch: Batch,
  before: PresentByName,
  after: PresentByName,
  { causes, unanswered }: Execution,
  writing: Writing,
): ReadonlyArray<ItemOutcome> => {
  const found = inOrder(batch[verb]).map((wanted) => {
    const name = nameOf(wanted)
    return { name, finding: finding(wanted, before.get(name), after.get(name)) }
  })
  const namesWhere = (isDone: boolean) =>
    found.filter((it) => (it.finding === 'done') === isDone).map(({ name }) => name)
  const told = causes(verb, namesWhere(false), namesWhere(true))
  return found.map((it): ItemOutcome => {
    const { name } = it
    if (it.finding === 'done') return { name, outcome: done[verb] }
    const open = it.finding === 'missing' || it.finding === 'unwritten'
    if (open && writing === 'may go on') {
      return { name, outcome: 'unknown', cause: 'calicoctl may still write it' }
    }
    const cause = `${words[it.finding]}${told.get(name)}`
    return { name, outcome: open && unanswered.has(name) ? 'unknown' : 'failed', cause }
  })
}

/** How each item of the batch ended, from what the cluster has now. */
export const verify = (
  batch: Batch,
  before: PresentByName,
  after: PresentByName,
  execution: Execution,
  writing: Writing,
): ReadonlyArray<ItemOutcome> =>
  verbs.flatMap((verb) => verifyVerb(verb, batch, before, after, execution, writing))

/** The same when the cluster could not be read any more: nothing is known, and nothing is called done. */
export const unverified = (batch: Batch, cause: string): ReadonlyArray<ItemOutcome> =>
  verbs.flatMap((verb) =>
    batch[verb].map((resource) => ({ name: nameOf(resource), outcome: 'unknown', cause })),
  )

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
