import type { Resource } from '../model/resource.js'
import { type Batch, inOrder, type Verb, verbs } from './batch.js'
import { changedFields } from './diff.js'
import { digestOf } from './digest.js'
import { nameOf, type Present, type PresentByName } from './present.js'
import type { ItemOutcome } from './report.js'
import type { Execution } from './transport.js'

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
