/** A list in brackets: arguments, items or fields. */
interface Bracketed {
  readonly open: string
  readonly items: ReadonlyArray<Code>
  readonly close: string
  /** What of `typed-calico` it names. */
  readonly uses?: string
  /** Of a method: what is written above it, a line each. */
  readonly notes?: ReadonlyArray<string>
}

/** A value and the methods that are called on it, one after the other. */
interface Chain {
  readonly start: Code
  readonly calls: ReadonlyArray<Code>
}

/** A piece of TypeScript that knows where it can be broken over lines. */
export type Code = string | Bracketed | Chain

const isChain = (code: Bracketed | Chain): code is Chain => 'calls' in code

const asCall = (name: string, items: ReadonlyArray<Code>): Bracketed => ({
  open: `${name}(`,
  items,
  close: ')',
})

/** A call of a function of `typed-calico`. */
export const call = (name: string, ...items: ReadonlyArray<Code>): Code => ({
  ...asCall(name, items),
  uses: name,
})

/** A call of a method, for a chain. */
export const method = (name: string, ...items: ReadonlyArray<Code>): Code => asCall(`.${name}`, items)

/** The code of a method, with comments above it. */
export const noted = (code: Code, notes: ReadonlyArray<string>): Code =>
  notes.length === 0 || typeof code === 'string' || isChain(code) ? code : { ...code, notes }

const notesOf = (code: Code): ReadonlyArray<string> =>
  typeof code === 'string' || isChain(code) ? [] : (code.notes ?? [])

export const chain = (start: Code, calls: ReadonlyArray<Code>): Code => ({ start, calls })

export const array = (items: ReadonlyArray<Code>): Code => ({ open: '[', items, close: ']' })

export const braces = (items: ReadonlyArray<Code>): Code => ({ open: '{', items, close: '}' })

export const object = (fields: ReadonlyArray<readonly [key: string, value: Code]>): Code =>
  braces(fields.map(([key, value]) => prefixed(`${key}: `, value)))

const prefixed = (prefix: string, code: Code): Code => {
  if (typeof code === 'string') return prefix + code
  return isChain(code)
    ? { ...code, start: prefixed(prefix, code.start) }
    : { ...code, open: prefix + code.open }
}

/** The names that the code takes from `typed-calico`. */
export const namesIn = (code: Code): ReadonlyArray<string> => {
  if (typeof code === 'string') return []
  if (isChain(code)) return [code.start, ...code.calls].flatMap(namesIn)
  return [...(code.uses === undefined ? [] : [code.uses]), ...code.items.flatMap(namesIn)]
}

const onOneLine = (code: Code): string => {
  if (typeof code === 'string') return code
  if (isChain(code)) return [code.start, ...code.calls].map(onOneLine).join('')
  const items = code.items.map(onOneLine).join(', ')
  const space = code.close === '}' && items !== '' ? ' ' : ''
  return code.open + space + items + space + code.close
}

const width = 100
const mostCallsOnOneLine = 2

/** The code as text, in lines of at most 100 characters where its texts allow it. `used` is what the first line has before it. */
export const printCode = (code: Code, indent = '', used = 0): string => {
  if (typeof code === 'string') return code
  const line = onOneLine(code)
  const fits = indent.length + used + line.length <= width
  const deeper = `${indent}  `
  if (isChain(code)) {
    const isPlain = code.calls.every((it) => notesOf(it).length === 0)
    if (fits && isPlain && code.calls.length <= mostCallsOnOneLine) return line
    const calls = code.calls.map((it) =>
      [...notesOf(it), printCode(it, deeper)].map((text) => `\n${deeper}${text}`).join(''),
    )
    return printCode(code.start, indent, used) + calls.join('')
  }
  const [only, ...others] = code.items
  if (fits || only === undefined) return line
  // A call with one object or list keeps the brackets together.
  if (code.close === ')' && others.length === 0 && typeof only === 'object' && !isChain(only)) {
    return `${code.open}${printCode(only, indent, used + code.open.length)}${code.close}`
  }
  const items = code.items.map((item) => `${deeper}${printCode(item, deeper, 1)},\n`)
  return `${code.open}\n${items.join('')}${indent}${code.close}`
}
