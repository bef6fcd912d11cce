import { isPlain } from '../codec/json.js'
import type { Schema } from '../codec/schema.js'
import { isKind, type Kind } from '../kind.js'
import { Duration } from '../meta/scalars.js'
import { codecs } from '../resource.js'

const second = 1_000_000_000n

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3_600n * second,
}

/** Go counts nanoseconds in 64 bits. */
const most = 2n ** 63n - 1n

const nanoseconds = (text: string): bigint => {
  let sum = 0n
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const each = units[unit] ?? 0n
    sum += BigInt(whole || 0) * each + (BigInt(fraction || 0) * each) / 10n ** BigInt(fraction.length)
  }
  return sum
}

/** A number of units with what is left of one behind the point. */
const decimal = (count: bigint, unit: bigint): string => {
  const digits = `${unit}`.length - 1
  const fraction = `${count % unit}`.padStart(digits, '0').replace(/0+$/, '')
  return `${count / unit}${fraction === '' || digits === 0 ? '' : `.${fraction}`}`
}

/** **Source**: Go's `time.Duration.String`. */
const print = (count: bigint): string => {
  if (count === 0n) return '0s'
  if (count < second) {
    const unit = count < 1_000n ? 'ns' : count < 1_000_000n ? 'µs' : 'ms'
    return `${decimal(count, units[unit] ?? 1n)}${unit}`
  }
  const seconds = `${decimal(count % (60n * second), second)}s`
  const minutes = count / (60n * second)
  if (minutes === 0n) return seconds
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** A length of time as Calico writes it: `90s` as `1m30s`. `undefined` for what is none. */
export const canonicalDuration = (text: string): string | undefined => {
  if (!Duration.is(text)) return undefined
  const count = nanoseconds(text)
  if (count > most) return undefined
  return `${text.startsWith('-') && count > 0n ? '-' : ''}${print(count)}`
}

const holdsOne = (schema: Schema): boolean => {
  switch (schema.kind) {
    case 'array':
      return holdsOne(schema.item)
    case 'map':
      return holdsOne(schema.value)
    case 'object':
      return Object.values(schema.fields).some((field) => holdsOne(field.schema))
    default:
      return schema === Duration.schema
  }
}

const canonical = (schema: Schema | undefined, value: unknown): unknown => {
  if (schema === Duration.schema)
    return typeof value === 'string' ? (canonicalDuration(value) ?? value) : value
  if (schema?.kind === 'array')
    return Array.isArray(value) ? value.map((it) => canonical(schema.item, it)) : value
  if (!isPlain(value) || (schema?.kind !== 'object' && schema?.kind !== 'map')) return value
  const schemaOf = (key: string): Schema | undefined =>
    schema.kind === 'map'
      ? schema.value
      : Object.hasOwn(schema.fields, key)
        ? schema.fields[key]?.schema
        : undefined
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canonical(schemaOf(key), item)]))
}

const specSchema = (kind: Kind): Schema | undefined => {
  const { schema } = codecs[kind]
  return schema.kind === 'object' ? schema.fields.spec?.schema : undefined
}

/** The kinds that have such fields: most have none. */
const known = new Map<string, Schema | undefined>()

const schemaFor = (kind: string): Schema | undefined => {
  if (known.has(kind) || !isKind(kind)) return known.get(kind)
  const schema = specSchema(kind)
  const found = schema !== undefined && holdsOne(schema) ? schema : undefined
  known.set(kind, found)
  return found
}

/** The spec of a resource with each length of time as Calico's types write it. */
export const canonicalDurations = <A>(kind: string, spec: A): A => {
  const schema = schemaFor(kind)
  return schema === undefined ? spec : (canonical(schema, spec) as A)
}
