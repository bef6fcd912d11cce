import { isDeepStrictEqual } from 'node:util'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import { type Batch, inOrder, type Verb, verbs } from '../plan/batch.js'
import type { Prepared } from '../plan/prepare.js'
import type { ItemOutcome } from '../report.js'
import { type AppliedFields, appliedFieldsOf } from '../state/applied-fields.js'
import { addedFields, changedFields } from '../state/diff.js'
import { at } from '../state/leaf.js'
import { type LiveByName, type LiveResource, recordOf } from '../state/live-resource.js'
import type { PatchRecord } from '../state/patch-record.js'
import { liveSpec, meansSame } from '../state/patched-spec.js'
import type { Execution } from '../write/transport.js'

/** What is said of a write that was done. */
const done = (verb: Verb, record: PatchRecord | undefined) => {
  if (verb === 'create') return 'created'
  if (record === undefined) return 'updated'
  return record.length === 0 ? 'restored' : 'set'
}

const isSame = (a: AppliedFields, b: AppliedFields): boolean =>
  a.size === b.size && [...a].every(([field, digest]) => b.get(field) === digest)

type Finding = 'done' | 'missing' | 'foreign' | 'unwritten' | 'overwritten'

/** What the cluster has in the place of a resource that was to be written. */
const finding = (
  wanted: Resource,
  before: LiveResource | undefined,
  now: LiveResource | undefined,
  ignore: ReadonlyArray<string>,
): Finding => {
  if (now === undefined) return 'missing'
  if (!now.owned) return 'foreign'
  if (now.only.resourceVersion === before?.only.resourceVersion) return 'unwritten'
  const { resource, applied } = now
  if (resource !== undefined && changedFields({ ...now, resource }, wanted, ignore).length === 0)
    return 'done'
  return applied !== undefined && isSame(applied, appliedFieldsOf(wanted)) ? 'overwritten' : 'unwritten'
}

/** The same of an object whose fields were to be set, or put back. */
const findingOfFields = (
  record: PatchRecord,
  before: LiveResource | undefined,
  now: LiveResource | undefined,
  owner: string,
): Finding => {
  if (now === undefined) return 'missing'
  if (now.only.resourceVersion === before?.only.resourceVersion) return 'unwritten'
  if (!isDeepStrictEqual(recordOf(now, owner) ?? [], record)) return 'unwritten'
  const { compared } = liveSpec(now.object.spec, now.resource)
  return record.every(({ path, to }) => meansSame(at(compared, path), to)) ? 'done' : 'overwritten'
}

const words: Readonly<Record<Exclude<Finding, 'done'>, string>> = {
  missing: '',
  unwritten: '',
  foreign: 'another owner has it now. ',
  overwritten: 'it was written, and someone else has changed it since. ',
}

/** What there is to go by when a run is over. */
export interface Aftermath {
  /** What the cluster has now. */
  readonly after: LiveByName
  readonly execution: Execution
  /** Whether something of the run may still write: what is missing may yet come. */
  readonly mayGoOn: boolean
  readonly owner: string
  /** The fields that are left to others. */
  readonly ignore: ReadonlyArray<string>
}

const outcomesOfVerb = (
  verb: Verb,
  { plan, live: before }: Prepared,
  { after, execution: { itemErrors, unanswered }, mayGoOn, owner, ignore }: Aftermath,
): ReadonlyArray<ItemOutcome> => {
  const found = inOrder(plan.batch[verb]).map((wanted) => {
    const name = nameOf(wanted)
    const record = plan.records.get(name)
    const [was, now] = [before.get(name), after.get(name)]
    return {
      name,
      finding:
        record === undefined ? finding(wanted, was, now, ignore) : findingOfFields(record, was, now, owner),
    }
  })
  const namesWhere = (isDone: boolean) =>
    found.filter((it) => (it.finding === 'done') === isDone).map(({ name }) => name)
  const told = itemErrors(verb, namesWhere(false), namesWhere(true))
  return found.map((it): ItemOutcome => {
    const { name } = it
    if (it.finding === 'done') return { name, outcome: done(verb, plan.records.get(name)) }
    const open = it.finding === 'missing' || it.finding === 'unwritten'
    if (open && mayGoOn) return { name, outcome: 'unknown', cause: 'calicoctl may still write it' }
    const cause = `${words[it.finding]}${told.get(name)}`
    return { name, outcome: open && unanswered.has(name) ? 'unknown' : 'failed', cause }
  })
}

/** How each item of the batch ended, from what the cluster has now. */
export const outcomesOf = (prepared: Prepared, aftermath: Aftermath): ReadonlyArray<ItemOutcome> =>
  verbs.flatMap((verb) => outcomesOfVerb(verb, prepared, aftermath))

/** The same when the cluster could not be read any more: nothing is known, and nothing is called done. */
export const unknownOutcomes = (batch: Batch, cause: string): ReadonlyArray<ItemOutcome> =>
  verbs.flatMap((verb) =>
    batch[verb].map((resource) => ({ name: nameOf(resource), outcome: 'unknown', cause })),
  )

/** What was added to the written resources on their way in: by a webhook, or an admission policy. */
export const additions = ({ wanted, plan }: Prepared, after: LiveByName): ReadonlyArray<string> =>
  wanted.flatMap((resource) => {
    const name = nameOf(resource)
    if (plan.records.has(name)) return []
    const now = after.get(name)
    if (now?.resource === undefined) return []
    const fields = addedFields({ ...now, resource: now.resource }, resource)
    return fields.length === 0
      ? []
      : [`${name}: a webhook or an admission policy of the cluster has added ${fields.join(', ')}`]
  })
