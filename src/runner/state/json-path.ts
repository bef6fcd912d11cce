import { type Fields, isFields, type Json } from './essence.js'
import { at } from './leaf.js'

/** The keys that lead to a field, from the spec on. */
export type Keys = ReadonlyArray<string>

/** The same with a field set, and with the objects that it is in. */
export const withField = (fields: Fields, [key, ...below]: Keys, value: Json): Fields => {
  if (key === undefined) return fields
  const inner = Object.hasOwn(fields, key) ? fields[key] : undefined
  return {
    ...fields,
    [key]: below.length === 0 ? value : withField(isFields(inner) ? inner : {}, below, value),
  }
}

/** The same without a field, which may not be there. */
export const withoutField = (fields: Fields, [key, ...below]: Keys): Fields => {
  if (key === undefined || !Object.hasOwn(fields, key)) return fields
  const { [key]: inner, ...others } = fields
  if (below.length === 0) return others
  return isFields(inner) ? { ...fields, [key]: withoutField(inner, below) } : fields
}

/** How many of the objects that a field is in are there. */
export const depthOf = (fields: Fields, keys: Keys): number => {
  const parents = keys.slice(0, -1)
  const missing = parents.findIndex((_, index) => !isFields(at(fields, keys.slice(0, index + 1)) ?? null))
  return missing === -1 ? parents.length : missing
}

const isBelow = (keys: Keys, above: Keys): boolean => above.every((key, index) => keys[index] === key)

/** Whether to set the one is to set the other, or something in it. */
export const overlap = (one: Keys, other: Keys): boolean => isBelow(one, other) || isBelow(other, one)
