import microdiff from 'microdiff'
import { printPath } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import type { FieldChange } from '../report.js'
import { digestOf } from './applied-fields.js'
import { essence, type Fields } from './essence.js'
import { at, type Leaf, leavesOf, pruned } from './leaf.js'
import type { LiveResource } from './live-resource.js'

/** A live object as far as comparing goes; what its owner did not apply has no `applied`. */
export type Comparable = Pick<LiveResource, 'applied' | 'managers'> & { readonly resource: Resource }

const isBelow = (field: string, above: string): boolean =>
  field === above || field.startsWith(`${above}.`) || field.startsWith(`${above}[`)

/** Whether a field, or one above it, is among those that are not to be compared. */
const isIgnored = (ignore: ReadonlyArray<string>, field: string): boolean =>
  ignore.some((one) => isBelow(field, one))

/**
 * Whether a field of a live object counts. As server-side apply sees it, that is what was applied, or is to be; and what
 * somebody else has set since. The rest are defaults of the cluster, and what webhooks add to what comes in.
 */
const counts = ({ applied, managers }: Comparable, wanted: Fields | undefined) => {
  const sent = applied === undefined ? undefined : [...applied.keys()]
  return ({ path, field }: Leaf): boolean =>
    sent === undefined ||
    (wanted !== undefined && at(wanted, path) !== undefined) ||
    sent.some((one) => isBelow(one, field)) ||
    managers.others.has(field)
}

const changes = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const

/** The fields in which the wanted resource differs from the live one; empty when they mean the same. */
export const changedFields = (
  live: Comparable,
  wanted: Resource,
  ignore: ReadonlyArray<string> = [],
): ReadonlyArray<FieldChange> => {
  const isCompared = ({ field }: Leaf): boolean => !isIgnored(ignore, field)
  const target = pruned(essence(wanted), isCompared)
  const isCounted = counts(live, target)
  const now = pruned(essence(live.resource), (leaf) => isCompared(leaf) && isCounted(leaf))
  return microdiff({ ...now }, { ...target }).map((step) => ({
    field: printPath(step.path),
    path: step.path,
    change: changes[step.type],
    ...('oldValue' in step ? { from: step.oldValue } : {}),
    ...('value' in step ? { to: step.value } : {}),
  }))
}

/** What of a live object nobody has applied and nobody else has set since: what was added to it on its way in. */
export const addedFields = (live: Comparable, wanted: Resource): ReadonlyArray<string> => {
  const { own, others } = live.managers
  if (own === undefined) return []
  const target = essence(wanted)
  return leavesOf(essence(live.resource))
    .filter(({ path, field }) => at(target, path) === undefined && !own.has(field) && !others.has(field))
    .map(({ field }) => field)
}

/** The fields in which an owned resource differs from what was applied. */
const driftedFields = (live: LiveResource, ignore: ReadonlyArray<string> = []): ReadonlyArray<string> => {
  const { resource, applied } = live
  if (resource === undefined || applied === undefined) return ['metadata.annotations']
  const isCompared = ({ field }: Leaf): boolean => !isIgnored(ignore, field)
  const isCounted = counts({ ...live, resource }, undefined)
  const now = pruned(essence(resource), (leaf) => isCompared(leaf) && isCounted(leaf))
  const left = new Map([...applied].filter(([field]) => !isIgnored(ignore, field)))
  const changed = leavesOf(now).flatMap(({ field, value }) => {
    const digest = left.get(field)
    left.delete(field)
    return digest === digestOf(value) ? [] : [field]
  })
  return [...changed, ...left.keys()]
}

/** Whether someone has changed an owned resource since it was applied. */
export const hasDrifted = (live: LiveResource, ignore: ReadonlyArray<string> = []): boolean =>
  driftedFields(live, ignore).length > 0
