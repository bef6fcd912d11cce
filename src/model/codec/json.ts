/** Whatever has fields: a map, a list, an instance of a class. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** An object of string keys, as JSON has it. */
export type Plain = Readonly<Record<string, unknown>>

/** A `Map` or a `Date` has no own keys: taken for an empty object, what it holds would be lost. */
const isEmptyOfAnotherKind = (value: object): boolean =>
  Object.keys(value).length === 0 && Object.prototype.toString.call(value) !== '[object Object]'

export const isPlain = (value: unknown): value is Plain =>
  isObject(value) && !Array.isArray(value) && !isEmptyOfAnotherKind(value)

const deepest = 100

const isJsonList = (list: ReadonlyArray<unknown>, depth: number): boolean => {
  // Not `every`, which walks all of a list that claims a length of billions and holds nothing.
  for (let index = 0; index < list.length; index++) if (!isJson(list[index], depth)) return false
  return true
}

/** JSON that says something: null is how Go writes that nothing is given. */
export const isGivenJson = (value: unknown): boolean => value !== null && isJson(value)

/** Whether the value is JSON, at most a hundred levels deep: a value that holds itself is not. */
const isJson = (value: unknown, depth = 0): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth > deepest) return false
  if (Array.isArray(value)) return isJsonList(value, depth + 1)
  return (
    isPlain(value) &&
    Object.entries(value).every(([key, item]) => key !== '__proto__' && isJson(item, depth + 1))
  )
}
