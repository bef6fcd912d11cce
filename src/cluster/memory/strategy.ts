import type { KubeObject } from '../port.js'
import type { FieldError } from './status.js'

/** What the API server does to objects of one kind on the way in, as Kubernetes' own strategies do. */
export interface Strategy {
  /** Fills in what the object leaves out. */
  readonly defaults?: (object: KubeObject) => KubeObject
  /** What is wrong with it; with `old`, also as a change of that. */
  readonly validate?: (object: KubeObject, old: KubeObject | undefined) => ReadonlyArray<FieldError>
  /** The pattern of names, where it is not a DNS-1123 subdomain. */
  readonly name?: RegExp
}

/** The field as a plain record; empty when it is none. */
export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}

/** The string values of a record. */
export const strings = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  )

export const array = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** Whether two JSON values say the same, whatever the order of their keys. */
export const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a).filter(([, value]) => value !== undefined)
  const right = new Map(Object.entries(b).filter(([, value]) => value !== undefined))
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  )
}

const immutable = (field: string): FieldError => ({
  field,
  reason: 'Forbidden',
  detail: 'field is immutable',
})

/** An error for each of the fields that changed. */
export const unchanged = (
  object: KubeObject,
  old: KubeObject | undefined,
  fields: ReadonlyArray<string>,
): ReadonlyArray<FieldError> =>
  old === undefined ? [] : fields.filter((field) => !same(object[field], old[field])).map(immutable)
