import { quoted } from '../engine/quoted.js'

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?'
const labelOnly = new RegExp(`^${label}$`)
const subdomain = new RegExp(`^${label}(?:\\.${label})*$`)

/** Lower-case letters and digits, and `-` between them. */
export const isDnsLabel = (text: string): boolean => labelOnly.test(text)

/** Labels with dots between them. Calico counts no characters here. */
export const isDnsSubdomain = (text: string): boolean => subdomain.test(text)

/** Why a text is no subdomain, for the text after `the name "x"`. */
export const subdomainFault = (text: string): string => {
  if (text === '') return 'is empty'
  const odd = /[^a-z0-9.-]/u.exec(text)
  if (odd !== null) {
    const which = /[A-Z]/.test(odd[0]) ? `the capital ${quoted(odd[0])}` : quoted(odd[0])
    return `has ${which} at character ${odd.index + 1}: only a to z, 0 to 9, "-" and "." are allowed`
  }
  const part = text.split('.').find((each) => !isDnsLabel(each)) ?? text
  if (part === '') return 'has nothing before, after or between its dots'
  return `has ${quoted(part)}, which begins or ends with "-"`
}

/** The nearest subdomain, to suggest it; none where nothing of the text is left. */
export const nearestSubdomain = (text: string): string | undefined => {
  const near = text
    .slice(0, 253)
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .split('.')
    .map((part) => part.replace(/^-+/, '').replace(/-+$/, ''))
    .filter((part) => part !== '')
    .join('.')
  return near === '' ? undefined : near
}
