import type { Issue, Path } from '../../error.js'
import { closest } from './closest.js'
import { leaveHole } from './hole.js'
import { isText, missing, unknownKey, wrong } from './issue.js'
import { isGivenJson, isPlain, type Plain } from './json.js'
import { asText, fold, zero } from './lenient.js'
import type { FieldSchema, MapSchema, ObjectSchema, Schema } from './schema.js'

/** How a value is read, and what is told on the way. */
export interface Reading {
  /** As forgiving as calicoctl: keys in any case, nothing for an empty text, and numbers and booleans for text. */
  readonly lenient: boolean | 'keys'
  readonly report: (issue: Issue) => void
  /** Whether nobody will read another issue. */
  readonly isFull: () => boolean
  /** Called for what is not written as Calico prints it: a null, the port `'80'`, a spec left out. */
  readonly changed: () => void
}

type NameOf = (key: string) => string | undefined

/**
 * Tells a field's own name by a key of the value: the key itself, or, where calicoctl takes it, one that differs in
 * case alone.
 */
const namer = (schema: ObjectSchema, value: Plain, path: Path, { lenient }: Reading): NameOf => {
  const known = (key: string): string | undefined => (Object.hasOwn(schema.fields, key) ? key : undefined)
  if (lenient === false) return known
  const byFolded = new Map(Object.keys(schema.fields).map((name) => [name.toLowerCase(), name]))
  return (key) => {
    const name = known(key)
    if (name !== undefined) return name
    const folded = byFolded.get(fold(key))
    // calicoctl reads what the document is before all else, and reads these two as they are written.
    const isHead = path.length === 0 && (folded === 'kind' || folded === 'apiVersion')
    return folded === undefined || isHead || Object.hasOwn(value, folded) ? undefined : folded
  }
}

/** Go's decoder, which calicoctl uses, takes null for "not given", and an empty word for none. */
const isAbsent = ({ schema, presence }: FieldSchema, value: unknown): boolean => {
  if (value === undefined || value === null) return true
  const isWord =
    schema.kind === 'literal' &&
    schema.emptyIsGiven !== true &&
    schema.values.every((allowed) => typeof allowed === 'string')
  const emptyIsNone = isWord || (schema.kind === 'string' && schema.emptyIsNone === true)
  return value === '' && emptyIsNone && presence === 'optional'
}

const object = (schema: ObjectSchema, value: unknown, path: Path, reading: Reading): unknown => {
  if (!isPlain(value)) return reading.report(wrong(schema, value, path))
  const out: Record<string, unknown> = {}
  const meant = new Set<string>()
  const nameOf = namer(schema, value, path, reading)
  for (const key of Object.keys(value)) {
    const name = nameOf(key)
    const field = name === undefined ? undefined : schema.fields[name]
    const given = value[key]
    if (name === undefined || field === undefined || Object.hasOwn(out, name)) {
      if (!reading.isFull()) meant.add(reportUnknown(schema, key, path, reading))
      continue
    }
    if (name !== key || isAbsent(field, given)) reading.changed()
    if (!isAbsent(field, given)) put(out, name, validate(field.schema, given, [...path, key], reading))
  }
  for (const [name, field] of Object.entries(schema.fields)) {
    if (Object.hasOwn(out, name)) continue
    if (meant.has(name)) leaveHole(out, name)
    if (field.presence !== 'optional') fill(out, name, { field, path, reading })
  }
  return out
}

const put = (out: object, key: string | number, value: unknown): void => {
  if (value === undefined) leaveHole(out, key)
  else Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Tells of the key, and which field was probably meant by it. */
const reportUnknown = (schema: ObjectSchema, key: string, path: Path, reading: Reading): string => {
  const isEnterprise = schema.enterprise?.test(key) === true
  const meant = isEnterprise ? undefined : closest(key, Object.keys(schema.fields))
  reading.report(unknownKey(schema, key, path, meant))
  return meant ?? key
}

interface Lacking {
  readonly field: FieldSchema
  readonly path: Path
  readonly reading: Reading
}

/** What Go has in a field that is not given. */
const fill = (out: Record<string, unknown>, name: string, { field, path, reading }: Lacking): void => {
  reading.changed()
  if (field.presence === 'orEmpty') put(out, name, validate(field.schema, {}, [...path, name], reading))
  else if (reading.lenient && field.schema.kind === 'string') put(out, name, '')
  else {
    reading.report(missing(field.schema, [...path, name]))
    leaveHole(out, name)
  }
}

/** As `validate`, but null is Go's zero value: in a map an empty label is common, in a list an item rarely meant. */
const validateOrZero = (schema: Schema, value: unknown, path: Path, reading: Reading): unknown => {
  if (value !== null) return validate(schema, value, path, reading)
  reading.changed()
  return validate(schema, zero(schema), path, reading)
}

const map = (schema: MapSchema, value: unknown, path: Path, reading: Reading): unknown => {
  if (!isPlain(value)) return reading.report(wrong(schema, value, path))
  const read = schema.value.kind === 'string' ? validateOrZero : validate
  const out: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const at = [...path, key]
    if (key === '__proto__') {
      reading.report({ rule: 'unknown-key', path: at, message: 'the key "__proto__" is not allowed' })
      continue
    }
    put(out, key, read(schema.value, value[key], at, reading))
  }
  return out
}

const array = (schema: Schema, value: ReadonlyArray<unknown>, path: Path, reading: Reading): unknown => {
  const read = reading.lenient === false ? validate : validateOrZero
  const out: Array<unknown> = []
  for (let index = 0; index < value.length; index++) {
    const at = [...path, index]
    // A list may claim any length and hold nothing: the first hole is the last item looked at.
    if (!Object.hasOwn(value, index)) return reading.report(missing(schema, at))
    put(out, index, read(schema, value[index], at, reading))
  }
  return out
}

const scalar = (schema: Schema, value: unknown, reading: Reading): unknown => {
  switch (schema.kind) {
    case 'string':
      if (typeof value === 'string') return value
      if (reading.lenient !== true || schema.textAlone === true || !isText(value)) return undefined
      reading.changed()
      return asText(value)
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'number':
      return Number.isFinite(value) ? value : undefined
    case 'integer':
      return Number.isInteger(value) && Number(value) >= schema.min && Number(value) <= schema.max
        ? value
        : undefined
    case 'literal':
      return schema.values.find((allowed) => allowed === value)
    case 'notation':
      if (schema.is(value)) return value
      reading.changed()
      return schema.read(value)
    default:
      return schema.kind === 'json' && isGivenJson(value) ? value : undefined
  }
}

/**
 * The value as Calico prints it, every issue and every change told on the way: the plain, slow path. The compiled
 * guard (`guard.ts`) is true exactly where there is nothing to tell, and a property test holds that it is.
 */
export const validate = (schema: Schema, value: unknown, path: Path, reading: Reading): unknown => {
  switch (schema.kind) {
    case 'object':
      return object(schema, value, path, reading)
    case 'map':
      return map(schema, value, path, reading)
    case 'array':
      return Array.isArray(value)
        ? array(schema.item, value, path, reading)
        : reading.report(wrong(schema, value, path))
    default: {
      const read = scalar(schema, value, reading)
      return read === undefined ? reading.report(wrong(schema, value, path)) : read
    }
  }
}
