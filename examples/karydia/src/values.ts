/** Helm's values, or a part of them. */
export type Values = Readonly<Record<string, unknown>>

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The part below these keys; an empty one where there is none. */
export const section = (values: unknown, ...path: ReadonlyArray<string>): Values => {
  const found = path.reduce<unknown>((at, key) => (isValues(at) ? at[key] : undefined), values)
  return isValues(found) ? found : {}
}

export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** A YAML list, or a text with commas. */
export const list = (value: unknown): ReadonlyArray<string> =>
  (Array.isArray(value) ? value : text(value).split(',')).map(text).filter((item) => item !== '')

/** As Helm does with several files: the last one wins, key by key. */
export const merge = (first: unknown, second: unknown): unknown => {
  if (!isValues(first) || !isValues(second)) return second ?? first
  const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])]
  return Object.fromEntries(keys.map((key) => [key, merge(first[key], second[key])]))
}
