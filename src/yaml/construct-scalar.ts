import { Scalar } from 'yaml'
import { asText } from '../model/lenient.js'
import type { Report } from './problem.js'
import { resolve } from './resolve.js'

/** The one tag that says what it is good for. */
export const textTag = 'tag:yaml.org,2002:str'

const isPlain = (node: Scalar.Parsed): boolean => node.type === Scalar.PLAIN && node.tag !== textTag

const anEscape = /\\(?:u[dD][89a-fA-F]|U0000[dD][89a-fA-F]|[\s\S])/g
/** JSON writes them, and calicoctl's YAML reader refuses them. */
const isForeign = (written: string): boolean => written === '\\/' || written.length > 2

/** What calicoctl takes the scalar for. */
export const readScalar = (node: Scalar.Parsed, text: string, lenient: boolean, report: Report): unknown => {
  if (!isPlain(node)) return readQuoted(node, text, report)
  const value = resolve(node.source)
  if (typeof value === 'bigint') return lenient ? inexact(node, report) : Number(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    return report(node, 'not-finite', `calicoctl refuses ${node.source}`, 'put it in quotes')
  return value
}

/** Where a number passes for a text, calicoctl's text has all digits. */
const inexact = (node: Scalar.Parsed, report: Report): undefined =>
  report(node, 'number-too-large', `no number is exactly ${node.source}`, 'put it in quotes')

const readQuoted = (node: Scalar.Parsed, text: string, report: Report): unknown => {
  if (node.type === Scalar.QUOTE_DOUBLE) {
    const escapes = text.slice(node.range[0], node.range[1]).match(anEscape) ?? []
    if (escapes.some(isForeign))
      return report(
        node,
        'escape',
        'calicoctl refuses \\/ and escaped surrogates',
        'write the character itself',
      )
  }
  return node.source
}

/** The text of a key. A word that stands for something else is one only for the lenient. */
export const readKey = (
  node: Scalar.Parsed,
  text: string,
  lenient: boolean,
  report: Report,
): string | undefined => {
  const value = readScalar(node, text, lenient, report)
  if (value === undefined || typeof value === 'string') return value
  const misread = typeof value === 'number' || typeof value === 'boolean' ? asText(value) : undefined
  if (misread !== undefined && (lenient || misread === node.source)) return misread
  const got = misread === undefined ? 'refuses the key' : `reads the key as ${misread}:`
  return report(node, 'key-not-text', `calicoctl ${got} ${node.source}`, 'put the key in quotes')
}
