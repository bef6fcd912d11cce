import { Scalar } from 'yaml'
import { asText } from '../../model/codec/lenient.js'
import { blockText, type Fault } from './dialect.js'
import { hasLineSeparator, withoutFolds, withoutIndent } from './line-separator.js'
import type { Context } from './problem.js'
import { resolve } from './resolve.js'

/** The one tag that says what it is good for. */
const textTag = 'tag:yaml.org,2002:str'

export const tagFault: Fault = ['a "!" begins a tag, which calicoctl drops', 'put the whole value in quotes']

const tooLarge = 'put it in quotes if it is text; a number can be at most 9007199254740991'

/** What calicoctl takes the scalar for. */
export const readScalar = (node: Scalar.Parsed, context: Context): unknown => {
  const { text, report } = context
  if (node.tag !== undefined && node.tag !== textTag) return report(node, 'tag', ...tagFault)
  if (node.type === Scalar.PLAIN && node.tag === undefined) return readPlain(node, context)
  const isBlock = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL
  const value = isBlock ? blockText(node, text) : node.source
  if (node.type === Scalar.QUOTE_DOUBLE || !hasLineSeparator(value)) return value
  return isBlock ? withoutIndent(value, text.slice(node.range[0], node.range[1])) : withoutFolds(value)
}

const readPlain = (node: Scalar.Parsed, { lenient, report }: Context): unknown => {
  const value = resolve(node.source)
  if (typeof value === 'number' && !Number.isFinite(value))
    return report(node, 'not-finite', `calicoctl refuses ${node.source}`, 'put it in quotes')
  if (typeof value !== 'bigint') return value
  // Where a number passes for a text, calicoctl's text has all digits.
  return lenient
    ? report(node, 'number-too-large', `no number equals ${node.source} exactly`, tooLarge)
    : Number(value)
}

/** The text of a key. A word that stands for something else is one only for the lenient. */
export const readKey = (node: Scalar.Parsed, context: Context): string | undefined => {
  const value = readScalar(node, context)
  if (value === undefined || typeof value === 'string') return value
  const misread = typeof value === 'number' || typeof value === 'boolean' ? asText(value) : undefined
  if (misread !== undefined && (context.lenient || misread === node.source)) return misread
  const got = misread === undefined ? 'refuses the key' : `reads the key as ${misread}:`
  return context.report(node, 'key-not-text', `calicoctl ${got} ${node.source}`, 'put the key in quotes')
}
