import { disturbed } from './disturb.js'
import { type Dice, Raw } from './pool.js'

/** The document as JSON, or as YAML in one of the many ways that people write it. */
export const print = (document: unknown, dice: Dice): string => {
  if (dice.oneIn(3)) return flow(document, plainJson)
  if (dice.oneIn(8)) return pretty(document, '\n')
  const text = `${block(document, '', dice).trimStart()}\n`
  return dice.oneIn(5) ? disturbed(text, dice) : text
}

type Scalar = (value: unknown) => string

const plainJson: Scalar = (value) => (value instanceof Raw ? value.text : (JSON.stringify(value) ?? 'null'))

const isFields = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw)

const entries = (value: object): ReadonlyArray<[string, unknown]> =>
  Object.entries(value).filter(([, item]) => item !== undefined)

const flow = (value: unknown, scalar: Scalar, colon = ':', comma = ','): string => {
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, scalar, colon, comma)).join(comma)}]`
  if (!isFields(value)) return scalar(value)
  const fields = entries(value).map(([key, item]) => scalar(key) + colon + flow(item, scalar, colon, comma))
  return `{${fields.join(comma)}}`
}

const pretty = (value: unknown, newline: string): string => {
  const inner = `${newline}  `
  if (Array.isArray(value) && value.length > 0) {
    return `[${inner}${value.map((item) => pretty(item, inner)).join(`,${inner}`)}${newline}]`
  }
  if (!isFields(value) || entries(value).length === 0) return flow(value, plainJson)
  const fields = entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pretty(item, inner)}`)
  return `{${inner}${fields.join(`,${inner}`)}${newline}}`
}

/** As YAML, from a new line on. */
const block = (value: unknown, indent: string, dice: Dice): string => {
  const scalar = yamlScalar(dice, indent)
  const empty = (isFields(value) || Array.isArray(value)) && entries(value).length === 0
  if (empty || dice.oneIn(25)) return ` ${flow(value, quotedScalar(dice), ': ', ', ')}`
  if (Array.isArray(value)) {
    const deeper = indent + dice.pick(['  ', '  ', '    '])
    return value.map((item) => `\n${indent}-${nested(item, indent, deeper, dice)}`).join('')
  }
  if (!isFields(value)) return ` ${scalar(value)}`
  return entries(value)
    .map(([key, item]) => {
      const comment = dice.oneIn(60) ? ` # ${key}` : ''
      const deeper = Array.isArray(item) && dice.oneIn(2) ? indent : indent + dice.pick(['  ', '  ', '    '])
      const below = block(item, deeper, dice)
      return `\n${indent}${keyScalar(key, dice)}:${below.startsWith('\n') ? comment : ''}${below}`
    })
    .join('')
}

/** After the dash of a list: the first line moves up to it. */
const nested = (item: unknown, indent: string, deeper: string, dice: Dice): string => {
  const text = block(item, deeper, dice)
  return text.startsWith('\n')
    ? ' '.repeat(deeper.length - indent.length - 1) + text.slice(1 + deeper.length)
    : text
}

const keyScalar = (key: string, dice: Dice): string =>
  safePlain.test(key) || (dice.oneIn(20) && /^[\w./-]+$/.test(key)) ? key : quoted(key, dice)

const safePlain = /^[A-Za-z_/.][\w./-]*$/
const resolved = /^(y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|[-+.\d].*)$/i
const plainProse = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\n#]*[^\s:]$/

const quoted = (text: string, dice: Dice): string =>
  /[\n\t\\]|[^ -~]/.test(text) || dice.oneIn(2) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`

const quotedScalar =
  (dice: Dice): Scalar =>
  (value) => {
    if (typeof value !== 'string') return plainJson(value)
    return safePlain.test(value) && !resolved.test(value) && dice.oneIn(2) ? value : quoted(value, dice)
  }

const yamlScalar =
  (dice: Dice, indent: string): Scalar =>
  (value) => {
    if (typeof value !== 'string') return plainJson(value)
    if (dice.oneIn(80)) return value.includes('\n') ? quoted(value, dice) : value
    if (dice.oneIn(60)) return `${dice.pick(['|', '>', '|-', '>-', '|+'])}\n${indent}  ${value}`
    const plain = plainProse.test(value) && !resolved.test(value) && !value.includes(': ')
    return plain && dice.below(3) > 0 ? value : quoted(value, dice)
  }
