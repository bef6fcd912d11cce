import type { Resource } from '../model/resource.js'
import { type Batch, inOrder, type Verb, verbs } from './batch.js'
import type { Said } from './calicoctl-log.js'
import { causesFor, untold } from './cause.js'
import { changedFields } from './diff.js'
import { digestOf } from './digest.js'
import { nameOf, type Present, type PresentByName } from './present.js'
import type { ItemOutcome } from './report.js'

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

/** Whether the pod may still be writing: then what is missing may yet come. */
export type Pod = 'gone' | 'may still write'

const verifyVerb = (
  verb: Verb,
  batch: Batch,
  before: PresentByName,
  after: PresentByName,
  said: Said,
  pod: Pod,
): ReadonlyArray<ItemOutcome> => {
  const found = inOrder(batch[verb]).map((wanted) => {
    const name = nameOf(wanted)
    return { name, finding: finding(wanted, before.get(name), after.get(name)) }
  })
  const findings = new Map(found.map((it) => [it.name, it.finding]))
  // Each calicoctl speaks of what it was given, and of nothing else.
  const causes = new Map(
    said.flatMap((saying) => {
      const given = inOrder(saying.batch[verb]).map(nameOf)
      const namesWhere = (isDone: boolean) =>
        given.filter((name) => (findings.get(name) === 'done') === isDone)
      return [...causesFor(namesWhere(false), namesWhere(true), saying.texts[verb] ?? '')]
    }),
  )
  return found.map((it): ItemOutcome => {
    const { name } = it
    if (it.finding === 'done') return { name, outcome: done[verb] }
    const open = pod === 'may still write' && (it.finding === 'missing' || it.finding === 'unwritten')
    return open
      ? { name, outcome: 'unknown', cause: 'calicoctl may still write it' }
      : { name, outcome: 'failed', cause: `${words[it.finding]}${causes.get(name) ?? untold}` }
  })
}

/** How each item of the batch ended, from what the cluster has now. */
export const verify = (
  batch: Batch,
  before: PresentByName,
  after: PresentByName,
  said: Said,
  pod: Pod,
): ReadonlyArray<ItemOutcome> => verbs.flatMap((verb) => verifyVerb(verb, batch, before, after, said, pod))

/** The same when the cluster could not be read any more: nothing is known, and nothing is called done. */
export const unverified = (batch: Batch, cause: string): ReadonlyArray<ItemOutcome> =>
  verbs.flatMap((verb) =>
    batch[verb].map((resource) => ({ name: nameOf(resource), outcome: 'unknown', cause })),
  )
