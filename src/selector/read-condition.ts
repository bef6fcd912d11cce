import type { Comparison, Condition, Membership } from './ast.js'
import { type Fault, fault } from './fault.js'
import { call, has, key, operators } from './grammar.js'
import { afterLabel, atStart } from './hints-condition.js'
import * as hints from './hints-value.js'

/** A text, and how far it has been read. */
export interface Reader {
  readonly text: string
  at: number
}

const start = new RegExp(`${has(`(${key})`)}|${call('(all|global)')}|${key}`, 'y')
const operator = new RegExp([...operators.onValue, ...operators.onSet].join('|'), 'y')

/** The first letter tells an operator. */
const tags: Readonly<Record<string, (Comparison | Membership)['_tag']>> = {
  '=': 'Eq',
  '!': 'Ne',
  c: 'Contains',
  s: 'StartsWith',
  e: 'EndsWith',
  n: 'NotIn',
  i: 'In',
}

export const skipBlanks = (reader: Reader): void => {
  while (reader.text[reader.at] === ' ' || reader.text[reader.at] === '\t') reader.at++
}

const isQuote = (mark: string | undefined): mark is string => mark === '"' || mark === "'"

const readValue = (reader: Reader): string | Fault => {
  const { text, at } = reader
  const mark = text[at]
  if (!isQuote(mark)) return fault(hints.value, text, at)
  const end = text.indexOf(mark, at + 1)
  if (end === -1) return fault(hints.quote, text, at)
  reader.at = end + 1
  return text.slice(at + 1, end)
}

const readSet = (reader: Reader): ReadonlyArray<string> | Fault => {
  const { text } = reader
  if (text[reader.at] !== '{') return fault(hints.set, text, reader.at)
  const values: Array<string> = []
  let more = true
  do {
    reader.at++
    skipBlanks(reader)
    more = isQuote(text[reader.at])
    if (more) {
      const value = readValue(reader)
      if (typeof value !== 'string') return value
      values.push(value)
      skipBlanks(reader)
      more = text[reader.at] === ','
    }
  } while (more)
  if (text[reader.at] !== '}') return fault(hints.member, text, reader.at)
  reader.at++
  return values
}

const readTest = (reader: Reader, label: string): Condition | Fault => {
  skipBlanks(reader)
  operator.lastIndex = reader.at
  const word = operator.exec(reader.text)?.[0] ?? ''
  const tag = tags[word.charAt(0)]
  if (tag === undefined) return fault(afterLabel, reader.text, reader.at, label)
  reader.at += word.length
  skipBlanks(reader)
  if (tag === 'In' || tag === 'NotIn') {
    const values = readSet(reader)
    return '_tag' in values ? values : { _tag: tag, key: label, values }
  }
  const value = readValue(reader)
  return typeof value === 'string' ? { _tag: tag, key: label, value } : value
}

/** One condition, from here on; or why there is none. */
export const readCondition = (reader: Reader): Condition | Fault => {
  start.lastIndex = reader.at
  const match = start.exec(reader.text)
  if (match === null) return fault(atStart, reader.text, reader.at)
  const [word, inHas, call] = match
  reader.at += word.length
  if (inHas !== undefined) return { _tag: 'Has', key: inHas }
  if (call !== undefined) return { _tag: call === 'all' ? 'All' : 'Global' }
  return readTest(reader, word)
}
