import { isDeepStrictEqual } from 'node:util'
import type { Resource } from '../../model/resource.js'
import { canonicalDuration } from '../../model/storage/canonical-durations.js'
import { essence, type Fields, isFields, type Json } from './essence.js'
import { isFilledIn } from './filled-in.js'
import { depthOf, type Keys, withField, withoutField } from './json-path.js'
import { at, leavesOf } from './leaf.js'
import type { LiveResource } from './live-resource.js'
import { type PatchRecord, printField, type SetField } from './patch-record.js'

/** A field to set. */
export interface WantedField {
  readonly path: Keys
  readonly to: Json
}

const specOf = (resource: Resource): Fields => (essence(resource).spec ?? {}) as Fields

/** Calico's types hold this one by value: it is always there, and says nothing when it is empty. */
const isAlwaysThere = (path: Keys): boolean => path.length === 1 && path[0] === 'controllers'

/** The fields that a patch names: lists are one field. */
export const wantedFields = (patch: Resource): ReadonlyArray<WantedField> =>
  leavesOf(specOf(patch))
    .map(({ path, value }) => ({ path: path.map(String), to: value }))
    .filter(({ path }) => !isAlwaysThere(path))
    .sort((a, b) => (printField(a.path) < printField(b.path) ? -1 : 1))

/** A spec as it is stored, and in the one form in which values are compared. */
export interface LiveSpec {
  readonly stored: Fields
  readonly compared: Fields
}

export const liveSpec = (spec: unknown, resource: Resource | undefined): LiveSpec => {
  const stored = isFields(spec) ? spec : {}
  return { stored, compared: resource === undefined ? stored : specOf(resource) }
}

/** Lengths of time in Go's words: a record may have them as they were stored. */
const inOneForm = (value: Json | undefined): Json | undefined => {
  if (typeof value === 'string') return canonicalDuration(value) ?? value
  if (Array.isArray(value)) return value.map((it) => inOneForm(it) ?? null)
  if (!isFields(value)) return value ?? undefined
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inOneForm(item) ?? null]))
}

/** Whether two values of a field mean the same. */
export const meansSame = (one: Json | undefined, other: Json | undefined): boolean =>
  isDeepStrictEqual(inOneForm(one), inOneForm(other))

/** A spec without what was set for one owner. */
export interface Restored {
  readonly spec: Fields
  /** What was put back. */
  readonly fields: PatchRecord
  /** What somebody has changed since, and stays. */
  readonly kept: ReadonlyArray<Keys>
}

/** Whether nobody has put anything into it. */
const isEmpty = (fields: Fields, at: Keys = []): boolean =>
  leavesOf(fields).every(
    ({ path, value }) =>
      (isFields(value) && Object.keys(value).length === 0) || isFilledIn([...at, ...path.map(String)], value),
  )

/** Without the field, and without what is left of the objects that were made for it. */
const taken = (spec: Fields, { path, depth = 0 }: SetField): Fields => {
  let left = withoutField(spec, path)
  for (let length = path.length - 1; length > depth; length--) {
    const parent = at(left, path.slice(0, length))
    if (!isFields(parent) || !isEmpty(parent, path.slice(0, length))) break
    left = withoutField(left, path.slice(0, length))
  }
  return left
}

/** What the spec would be without the owner: each field that still has what it was set to gets what it had before. */
export const restored = ({ stored, compared }: LiveSpec, record: PatchRecord): Restored => {
  const isOurs = ({ path, to }: SetField): boolean => meansSame(at(compared, path), to)
  const isBack = ({ path, from }: SetField): boolean => meansSame(at(compared, path), from)
  const fields = record.filter(isOurs)
  return {
    spec: fields.reduce<Fields>(
      (spec, field) =>
        field.from === undefined ? taken(spec, field) : withField(spec, field.path, field.from),
      stored,
    ),
    fields,
    kept: record.filter((field) => !isOurs(field) && !isBack(field)).map(({ path }) => path),
  }
}

const depthIn = (spec: Fields, path: Keys): number =>
  Math.max(depthOf(spec, path), isAlwaysThere(path.slice(0, 1)) ? 1 : 0)

/** The spec with the fields set, and the record of what they were. */
export const patched = (
  spec: Fields,
  wanted: ReadonlyArray<WantedField>,
): { readonly spec: Fields; readonly record: PatchRecord } => {
  const record = wanted.flatMap(({ path, to }): PatchRecord => {
    const from = at(spec, path) ?? undefined
    // An empty object is what is there already, with or without something in it.
    if (isFields(to) && isFields(from)) return []
    return [from === undefined ? { path, to, depth: depthIn(spec, path) } : { path, to, from }]
  })
  return { spec: record.reduce<Fields>((done, { path, to }) => withField(done, path, to), spec), record }
}

/** Whether an object was made to set fields of it, and there is still nothing else in it: then it may go with them. */
export const holdsNothingElse = (owner: string, live: LiveResource): boolean => {
  const record = live.patches.get(owner)
  if (!live.owned || record === undefined || live.patches.size > 1) return false
  // Nobody has changed its spec since it was made: what is in it beside the fields are defaults of the cluster.
  if (live.object.metadata.generation === 1) return true
  const { spec, kept } = restored(liveSpec(live.object.spec, live.resource), record)
  return kept.length === 0 && isEmpty(spec)
}

/** Whether fields are to be put back in an object, for it is not to go with them. */
export const isPatchedFor = (owner: string, live: LiveResource): boolean =>
  live.patches.has(owner) && !holdsNothingElse(owner, live)
