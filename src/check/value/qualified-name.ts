import { quoted } from '../engine/quoted.js'
import { isDnsSubdomain } from './dns-name.js'

const longestName = 63
const longestPrefix = 253
const name = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

const nameFault = (text: string): string | undefined => {
  if (text === '') return 'has an empty name'
  if (text.length > longestName)
    return `has a name of ${text.length} characters: at most ${longestName} are allowed`
  if (name.test(text)) return undefined
  return 'must begin and end with a letter or digit, with only letters, digits, "-", "_" and "." between'
}

const prefixFault = (text: string): string | undefined => {
  if (text === '') return 'has an empty prefix before its "/"'
  if (text.length > longestPrefix) {
    return `has a prefix of ${text.length} characters: at most ${longestPrefix} are allowed`
  }
  return isDnsSubdomain(text)
    ? undefined
    : `has the prefix ${quoted(text)}, which is not a DNS name: a to z, 0 to 9, "-" and "." only`
}

/** Why a text is no label or annotation key of Kubernetes, for the text after `the key "x"`; none where it is one. */
export const keyFault = (text: string): string | undefined => {
  const slash = text.indexOf('/')
  if (slash === -1) return nameFault(text)
  if (text.includes('/', slash + 1)) return 'has more than one "/"'
  return prefixFault(text.slice(0, slash)) ?? nameFault(text.slice(slash + 1))
}

/** Why a text is no label value of Kubernetes. The empty one is. */
export const valueFault = (text: string): string | undefined => (text === '' ? undefined : nameFault(text))
