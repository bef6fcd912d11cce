import type { Resource } from '../model/resource.js'
import type { Batch } from './batch.js'
import { changedFields } from './diff.js'
import { nameOf, type PresentByName } from './present.js'
import type { ItemOutcome, Name } from './report.js'

/** What calicoctl said of one item, or of all. It names objects as `NetworkPolicy(shop/default.api)`. */
export const causeFor = (name: Name, said: string): string => {
  const [, kind = '', place = ''] = /^(\w+)\((.*)\)$/.exec(name) ?? []
  const base = place.split('/').at(-1) ?? place
  const lines = said
    .split('\n')
    .filter((line) => /error|fail|conflict|exist|unauthorized|invalid|denied/i.test(line))
  const own = lines.find(
    (line) => line.includes(kind) && new RegExp(`[("/.]${base.replace(/[.]/g, '\\.')}[)"]`).test(line),
  )
  return (own ?? lines[0] ?? 'calicoctl gave no reason').slice(0, 1024)
}

const outcome = (
  wanted: Resource,
  verb: 'created' | 'updated',
  before: PresentByName,
  after: PresentByName,
  said: string,
): ItemOutcome => {
  const name = nameOf(wanted)
  const now = after.get(name)
  if (now === undefined) return { name, outcome: 'failed', cause: causeFor(name, said) }
  if (!now.owned)
    return { name, outcome: 'failed', cause: `another owner made it meanwhile. ${causeFor(name, said)}` }
  const written = now.only.resourceVersion !== before.get(name)?.only.resourceVersion
  if (!written) return { name, outcome: 'failed', cause: causeFor(name, said) }
  const same = now.resource !== undefined && changedFields(now.resource, wanted).length === 0
  return same
    ? { name, outcome: verb }
    : { name, outcome: 'failed', cause: 'it was written, and someone else has changed it since' }
}

/** How each item of the batch ended, from what the cluster has now. */
export const verify = (
  batch: Batch,
  before: PresentByName,
  after: PresentByName,
  said: string,
): ReadonlyArray<ItemOutcome> => [
  ...batch.create.map((resource) => outcome(resource, 'created', before, after, said)),
  ...batch.replace.map((resource) => outcome(resource, 'updated', before, after, said)),
]

/** The same when the cluster could not be read any more: nothing is known, and nothing is called done. */
export const unverified = (batch: Batch, cause: string): ReadonlyArray<ItemOutcome> =>
  [...batch.create, ...batch.replace].map((resource) => ({
    name: nameOf(resource),
    outcome: 'unknown',
    cause,
  }))
