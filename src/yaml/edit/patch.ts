import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml'
import { isPlain, type Plain } from '../../model/codec/json.js'
import type { Schema } from '../../model/codec/schema.js'
import { byName, layoutOf } from '../print/layout.js'
import { printList, printMap } from '../print/print.js'
import { endOfNode, lastLineOf, newlineAt, type Splice, startOfLine } from './splice.js'

/** What a node was read as, and what it is to become. */
interface Change<Node, Value> {
  readonly text: string
  readonly node: Node
  readonly schema: Schema
  readonly old: Value
  readonly next: Value
}

/** Undefined where a part cannot be written anew without what it is in. */
type Splices = ReadonlyArray<Splice> | undefined

const json: Schema = { kind: 'json' }

const fieldSchema = (schema: Schema, key: string): Schema => {
  if (schema.kind === 'map') return schema.value
  const field = schema.kind === 'object' && Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined
  return field?.schema ?? json
}

const itemSchema = (schema: Schema): Schema => (schema.kind === 'array' ? schema.item : json)

/** What stands after the colon of a key that begins at `newline`. */
const printAfterKey = (value: unknown, schema: Schema, newline: string): string =>
  printMap('', { k: value }, byName(newline, schema)).slice(`${newline}k:`.length)

const printItems = (values: ReadonlyArray<unknown>, schema: Schema, newline: string): string =>
  printList('', values, layoutOf(schema, `${newline}  `))

const isSame = (schema: Schema, a: unknown, b: unknown): boolean =>
  printAfterKey(a, schema, '\n') === printAfterKey(b, schema, '\n')

/** The parts of a text to write anew, as small as can be, so that a node comes to stand for another value. */
export const patch = (change: Change<ParsedNode | null, unknown>): Splices => {
  const { node, schema, old, next } = change
  if (isSame(schema, old, next)) return []
  if (isMap(node) && node.flow !== true && isPlain(old) && isPlain(next))
    return patchMap({ ...change, node, old, next })
  if (isSeq(node) && node.flow !== true && Array.isArray(old) && Array.isArray(next))
    return patchList({ ...change, node, old, next })
  return undefined
}

const all = (parts: ReadonlyArray<Splices>): Splices =>
  parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? [])

const patchMap = (change: Change<YAMLMap.Parsed, Plain>): Splices => {
  const { text, node, schema, old, next } = change
  const keys = Object.keys(next).filter((key) => next[key] !== undefined)
  if (keys.length === 0) return undefined
  const newline = newlineAt(text, node.range[0])
  const there = new Set(node.items.map(({ key }) => keyOf(key)))
  const added = keys.filter(
    (key) => !there.has(key) && !isSame(fieldSchema(schema, key), old[key], next[key]),
  )
  const lines = printMap(
    '',
    Object.fromEntries(added.map((key) => [key, next[key]])),
    layoutOf(schema, newline),
  )
  const end = lastLineOf(text, node.range[1])
  return all([
    ...node.items.map((pair) => patchPair(change, pair, newline)),
    added.length === 0 ? [] : [{ from: end, to: end, text: lines }],
  ])
}

const keyOf = (key: ParsedNode): string | undefined => (isScalar(key) ? key.source : undefined)

const patchPair = (
  { text, schema, old, next }: Change<YAMLMap.Parsed, Plain>,
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
  newline: string,
): Splices => {
  const name = keyOf(key)
  if (name === undefined) return undefined
  if (next[name] === undefined) {
    // What is read as nothing, such as null, may stay.
    return old[name] === undefined ? [] : removeLines(text, key.range[0], value ?? key, /^ *$/)
  }
  const under = { text, node: value, schema: fieldSchema(schema, name), old: old[name], next: next[name] }
  const from = text.indexOf(':', key.range[1]) + 1
  const whole = {
    from,
    to: endOfNode(text, value, from),
    text: printAfterKey(next[name], under.schema, newline),
  }
  return patch(under) ?? [whole]
}

const removeLines = (text: string, start: number, last: ParsedNode, before: RegExp): Splices => {
  const line = startOfLine(text, start)
  const end = lastLineOf(text, last.range[1])
  if (!before.test(text.slice(line, start))) return undefined
  return [line === 0 ? { from: 0, to: end + 1, text: '' } : { from: line - 1, to: end, text: '' }]
}

/** Items that stay at the beginning and at the end keep their lines; those between are matched by their order. */
const patchList = (change: Change<YAMLSeq.Parsed, ReadonlyArray<unknown>>): Splices => {
  const { text, node, old, next } = change
  if (next.length === 0 || node.items.length !== old.length) return undefined
  const schema = itemSchema(change.schema)
  const newline = newlineAt(text, node.range[0])
  const shorter = Math.min(old.length, next.length)
  let before = 0
  while (before < shorter && isSame(schema, old[before], next[before])) before++
  let after = 0
  while (after < shorter - before && isSame(schema, old.at(-1 - after), next.at(-1 - after))) after++
  const changed = shorter - before - after

  const patchItem = (i: number): Splices => {
    const item = node.items[i] ?? null
    const from = dashOf(text, node, i, newline) + 1
    const printed = printItems([next[i]], schema, newline).slice(`${newline}-`.length)
    return (
      patch({ text, node: item, schema, old: old[i], next: next[i] }) ?? [
        { from, to: endOfNode(text, item, from), text: printed },
      ]
    )
  }
  const removeItem = (i: number): Splices => {
    const item = node.items[i]
    return item && removeLines(text, dashOf(text, node, i, newline), item, /^ *$/)
  }
  const indexes = (from: number, to: number): ReadonlyArray<number> =>
    Array.from({ length: to - from }, (_, i) => from + i)
  const added = next.slice(before + changed, next.length - after)
  const last = node.items[before + changed - 1]
  const at = last === undefined ? node.range[0] - newline.length : lastLineOf(text, last.range[1])
  return all([
    ...indexes(before, before + changed).map(patchItem),
    ...indexes(before + changed, old.length - after).map(removeItem),
    added.length === 0 ? [] : [{ from: at, to: at, text: printItems(added, schema, newline) }],
  ])
}

const dashOf = (text: string, node: YAMLSeq.Parsed, i: number, newline: string): number =>
  i === 0
    ? node.range[0]
    : text.lastIndexOf(`${newline}-`, node.items[i]?.range[0] ?? text.length) + newline.length
