import { isObject } from '../../model/codec/json.js'

/** What a value of JSON was at a time. */
export type Snapshot = unknown

const deepest = 50

/** A copy to compare with later on. Of what is deeper than resources are, one that nothing is like. */
export const snapshotOf = (value: unknown, depth = 0): Snapshot => {
  if (!isObject(value)) return value
  if (depth > deepest) return Symbol('too deep')
  if (Array.isArray(value)) return value.map((item) => snapshotOf(item, depth + 1))
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = snapshotOf(value[key], depth + 1)
  return copy
}

/** Whether a value is what it was. */
export const isAsBefore = (value: unknown, before: Snapshot): boolean => {
  if (!isObject(value) || !isObject(before)) return value === before
  if (Array.isArray(value)) {
    if (!Array.isArray(before) || before.length !== value.length) return false
    for (let i = 0; i < value.length; i++) if (!isAsBefore(value[i], before[i])) return false
    return true
  }
  const keys = Object.keys(value)
  if (keys.length !== Object.keys(before).length) return false
  for (const key of keys)
    if (!Object.hasOwn(before, key) || !isAsBefore(value[key], before[key])) return false
  return true
}
