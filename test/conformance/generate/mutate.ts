import type { Dice } from './pool.js'
import { Raw, raw } from './pool.js'
import { anything } from './values.js'

type Json = unknown
type Fields = Record<string, Json>

const isFields = (value: Json): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw)

/** The document with one fault, two now and then, anywhere in it. */
export const mutate = (document: Json, dice: Dice): Json => {
  const once = fault(document, dice)
  return dice.oneIn(4) ? fault(once, dice) : once
}

const fault = (document: Json, dice: Dice): Json => {
  const places = count(document)
  return change(document, { left: dice.below(places) }, dice, document)
}

const count = (value: Json): number => {
  if (Array.isArray(value)) return 1 + value.reduce((sum: number, item) => sum + count(item), 0)
  if (isFields(value)) return 1 + Object.values(value).reduce((sum: number, item) => sum + count(item), 0)
  return 1
}

/** Walks to the place drawn and changes what is there; `left` counts the places still to pass. */
const change = (value: Json, place: { left: number }, dice: Dice, root: Json): Json => {
  if (place.left-- === 0) return replaced(value, dice, root)
  if (Array.isArray(value))
    return value.map((item) => (place.left < 0 ? item : change(item, place, dice, root)))
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      place.left < 0 ? item : change(item, place, dice, root),
    ]),
  )
}

const replaced = (value: Json, dice: Dice, root: Json): Json => {
  if (dice.oneIn(4)) return anything[dice.below(anything.length)]
  if (dice.oneIn(12)) return elsewhere(root, dice)
  if (Array.isArray(value)) return changedList(value, dice)
  if (isFields(value)) return changedFields(value, dice, root)
  return changedScalar(value, dice)
}

const elsewhere = (root: Json, dice: Dice): Json => {
  let found = root
  for (let depth = dice.below(6); depth >= 0 && (isFields(found) || Array.isArray(found)); depth--) {
    const inside = Object.values(found)
    if (inside.length === 0) break
    found = inside[dice.below(inside.length)]
  }
  return found
}

const changedList = (list: ReadonlyArray<Json>, dice: Dice): Json => {
  const at = dice.below(list.length)
  return dice.pick<() => Json>([
    () => list.toSpliced(at, 1),
    () => [...list, list[at]],
    () => [...list, anything[dice.below(anything.length)]],
    () => list[at],
    () => [list],
    () => list.toReversed(),
    () => Object.fromEntries(list.map((item, i) => [i, item])),
    () => [],
  ])()
}

const otherKeys = [
  'x',
  '',
  'tier',
  'stagedAction',
  'order',
  'Spec',
  'status',
  'name',
  'ports',
  'selector',
  '__proto__',
  'a b',
]

const changedFields = (fields: Fields, dice: Dice, root: Json): Json => {
  const keys = Object.keys(fields)
  const key = keys[dice.below(keys.length)] ?? 'x'
  const { [key]: value, ...rest } = fields
  const other = otherKeys[dice.below(otherKeys.length)] ?? 'x'
  return dice.pick<() => Json>([
    () => rest,
    () => rest,
    () => ({ ...rest, [recased(key, dice)]: value }),
    () => ({ ...fields, [recased(key, dice)]: value }),
    () => ({ ...rest, [misspelt(key, dice)]: value }),
    () => ({ ...fields, [other]: elsewhere(root, dice) }),
    () => ({ ...fields, [key]: null }),
    () => [fields],
    () => Object.fromEntries(Object.entries(fields).reverse()),
    () => ({}),
  ])()
}

const recased = (key: string, { pick }: Dice): string =>
  pick([
    key.toUpperCase(),
    key.toLowerCase(),
    key.charAt(0).toUpperCase() + key.slice(1),
    key.replace('s', '\u017f'),
  ])

const misspelt = (key: string, { below }: Dice): string => {
  const at = below(key.length)
  return key.slice(0, at) + key.slice(at + 1)
}

const changedScalar = (value: Json, dice: Dice): Json => {
  const text = value instanceof Raw ? value.text : String(value)
  return dice.pick<() => Json>([
    () => text,
    () => raw(text === '' ? '~' : text),
    () => `${text} `,
    () => text.toUpperCase(),
    () => text.toLowerCase(),
    () => text.slice(1),
    () => text + text,
    () => [value],
    () => ({ [text]: value }),
    () => (typeof value === 'number' ? value + dice.pick([1, -1, 0.5, 1e9]) : null),
  ])()
}
