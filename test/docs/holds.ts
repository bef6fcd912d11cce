import { isDeepStrictEqual } from 'node:util'

const tagOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && '_tag' in value ? value._tag : undefined

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value))

const read = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: new Function(`return (${text})`)() }
  } catch {
    return undefined
  }
}

/**
 * Holds what a comment promises of an expression: `Left`, `Right` and other tags by their name (what follows is for
 * people), `throws`, or a value, compared as data.
 */
export const holds = async (expression: () => unknown, promise: string): Promise<void> => {
  const said = promise.replace(/\n\s*\/\/\s*/g, ' ').trim()
  const actual = await expression()
  const tag = tagOf(actual)
  if (typeof tag === 'string' && said.toLowerCase().startsWith(tag.toLowerCase())) return
  const expected = read(said)
  if (expected === undefined) throw new Error(`cannot read what is promised: ${said}`)
  if (!isDeepStrictEqual(plain(actual), plain(expected.value))) {
    throw new Error(`promised ${said}, but it is ${JSON.stringify(actual)}`)
  }
}
