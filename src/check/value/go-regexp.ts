import { validator } from '../engine/calico-source.js'
import type { Constraint } from '../engine/constraint.js'
import { at, type Reader, readClass, readEscape, readUnicodeClass } from './go-regexp-atom.js'
import { form } from './text-number-list.js'

const mostRepeats = 1_000

/** What stands before the place: something to repeat, or a repetition, which cannot be repeated again. */
type Before = 'nothing' | 'atom' | 'repeat'

const readNumber = (reader: Reader): number | undefined => {
  const digits = /^\d*/.exec(reader.chars.slice(reader.at, reader.at + 12).join(''))?.[0] ?? ''
  if (digits === '' || (digits.length > 1 && digits.startsWith('0'))) return undefined
  reader.at += digits.length
  return Number(digits)
}

/** `{2}`, `{2,}` or `{2,3}` behind the brace: its ends; none where the brace stands for itself. */
const readCount = (reader: Reader): readonly [number, number] | undefined => {
  const start = reader.at
  reader.at++
  const min = readNumber(reader)
  let max = min
  if (min !== undefined && at(reader) === ',') {
    reader.at++
    max = at(reader) === '}' ? 0 : readNumber(reader)
  }
  if (min === undefined || max === undefined || at(reader) !== '}') {
    reader.at = start
    return undefined
  }
  reader.at++
  return [min, max === 0 && reader.chars[reader.at - 2] === ',' ? min : max]
}

/** Behind `(`: whether a group begins there, as far as it can be read. Flags alone begin none. */
const readOpening = (reader: Reader, names: Set<string>): 'group' | 'flags' | undefined => {
  if (at(reader) !== '?') return 'group'
  const rest = reader.chars.slice(reader.at, reader.at + 260).join('')
  const named = /^\?P?<(\w+)>/.exec(rest)
  if (named !== null) {
    const name = named[1] ?? ''
    if (names.has(name)) return undefined
    names.add(name)
    reader.at += named[0].length
    return 'group'
  }
  const flags = /^\?[imsU]*(?:-[imsU]+)?([:)])/.exec(rest)
  if (flags === null) return undefined
  reader.at += flags[0].length
  return flags[1] === ':' ? 'group' : 'flags'
}

/** A `*`, `+`, `?` or count, and the `?` behind it. */
const readRepeat = (reader: Reader, before: Before): boolean => {
  if (at(reader) === '?') reader.at++
  return before === 'atom'
}

/** Whether Go's `regexp.Compile` takes it: the syntax of RE2. */
const compiles = (text: string): boolean => {
  const reader: Reader = { chars: [...text], at: 0 }
  const names = new Set<string>()
  let depth = 0
  let before: Before = 'nothing'
  while (reader.at < reader.chars.length) {
    const char = at(reader)
    const count = char === '{' ? readCount(reader) : undefined
    if (count !== undefined) {
      const [min, max] = count
      if (min > mostRepeats || max > mostRepeats || min > max || !readRepeat(reader, before)) return false
      before = 'repeat'
      continue
    }
    reader.at++
    if (char === '*' || char === '+' || char === '?') {
      if (!readRepeat(reader, before)) return false
      before = 'repeat'
    } else if (char === '(') {
      const opening = readOpening(reader, names)
      if (opening === undefined) return false
      if (opening === 'group') {
        depth++
        before = 'nothing'
      } else if (before === 'repeat') before = 'atom'
    } else if (char === ')') {
      if (depth-- === 0) return false
      before = 'atom'
    } else if (char === '|') before = 'nothing'
    else {
      if (char === '[' && !readClass(reader)) return false
      if (char === '\\' && !readUnicodeClass(reader) && !readEscape(reader, 'outside')) return false
      before = 'atom'
    }
  }
  return depth === 0
}

/** A regular expression as Go reads it. */
export const goRegexp: Constraint<string> = form(
  {
    name: 'regexp-syntax',
    what: 'A regular expression does not compile in Go.',
    remedy: 'use RE2 syntax, which has no look-around and no back-references',
    source: validator('validateRegexp'),
  },
  compiles,
  'not a regular expression that Go can compile',
)
