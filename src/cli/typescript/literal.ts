import { array, type Code, object } from './code.js'

/** The text in quotes. */
export const quote = (text: string): string => {
  const json = JSON.stringify(text)
  return text.includes("'") && !text.includes('"')
    ? json
    : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** `__proto__: x` in a literal would be no field. */
const key = (name: string): string => {
  if (name === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}

/** Data as a literal. Fields that are undefined are left out. */
export const literal = (value: unknown): Code => {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return array(value.map(literal))
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return object(fields.map(([name, field]) => [key(name), literal(field)]))
}
