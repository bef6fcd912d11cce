import type { Port } from '../../model/policy/port.js'
import { isNumberRange, rangeEnds } from '../../net/port-range.js'
import { apimachinery, numorstring, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, none, otherwise, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'

const largest = 65_535
const longestName = 15

const isPortNumber = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= largest

/** A number, also one that is written as text, which Calico reads as a number. */
const asNumber = (port: Port): number | undefined => {
  if (typeof port === 'number') return port
  return /^\d+$/.test(port) ? Number(port) : undefined
}

/** The name of a port of an endpoint: neither a number nor a range. */
export const isNamed = (port: Port): boolean => asNumber(port) === undefined && !isNumberRange(port)

/** A port by number. */
export const portNumber: Constraint<Port> = rule(
  {
    name: 'port-number',
    what: 'A port is outside 1 to 65535.',
    remedy: 'use a number from 1 to 65535',
    source: validator('validatePort'),
  },
  (port) => {
    const number = asNumber(port)
    return unless(number === undefined || isPortNumber(number), () => ({
      message: `${port} is not a valid port`,
      ...(number === 0 ? { hint: 'leave the ports out to match them all' } : {}),
    }))
  },
)

const portRange: Constraint<Port> = rule(
  {
    name: 'port-range',
    what: 'A port range ends before it begins, or extends beyond 1 to 65535.',
    remedy: 'write it as "min:max", both from 1 to 65535',
    source: numorstring('port.go, PortFromString'),
  },
  (port) => {
    const ends = rangeEnds(String(port))
    if (ends === undefined) return none
    const [min, max] = ends
    if (!isPortNumber(min) || !isPortNumber(max)) {
      return [{ message: `the range ${quoted(String(port))} extends beyond 1 to ${largest}` }]
    }
    return unless(min <= max, () => ({
      message: `the range "${min}:${max}" ends before it begins`,
      hint: `did you mean "${max}:${min}"?`,
    }))
  },
)

/** Why a text is no name of a port. **Source**: IsValidPortName. */
const nameFault = (name: string): string | undefined => {
  if (name === '') return 'is empty'
  if (name.length > longestName) return `has ${name.length} characters: at most ${longestName} are allowed`
  if (!/^[-a-z0-9]+$/.test(name)) return 'may only contain a to z, 0 to 9 and "-"'
  if (!/[a-z]/.test(name)) return 'has no letter'
  if (name.includes('--')) return 'has "--"'
  return name.startsWith('-') || name.endsWith('-') ? 'begins or ends with "-"' : undefined
}

const rangeWithHyphen = /^\s*(\d+)\s*-\s*(\d+)\s*$/

/** The name of a port, which a rule or an endpoint gives. */
export const portName: Constraint<string> = rule(
  {
    name: 'port-name',
    what: 'A port name is not valid in Kubernetes.',
    remedy: 'use at most 15 lower-case letters, digits and "-", at least one of them a letter',
    source: apimachinery('IsValidPortName'),
  },
  (name) => {
    const why = nameFault(name)
    const range = rangeWithHyphen.exec(name)
    return unless(why === undefined, () => ({
      message: `the port name ${quoted(name)} ${why}`,
      ...(range === null ? {} : { hint: `a range is written "${range[1]}:${range[2]}"` }),
    }))
  },
)

const named: Constraint<Port> = otherwise(
  (port) => typeof port === 'number' || !isNamed(port),
  portName as Constraint<Port>,
)

/** Two numbers without leading zeros. */
const plainRange = /^[1-9]\d{0,4}:[1-9]\d{0,4}$/

const isPlain = (port: Port): boolean => {
  if (typeof port === 'number') return isPortNumber(port)
  if (!plainRange.test(port)) return false
  const max = Number(port.slice(port.indexOf(':') + 1))
  return Number.parseInt(port, 10) <= max && max <= largest
}

export const port: Constraint<Port> = otherwise(isPlain, all(portNumber, portRange, named))
export const ports: Constraint<ReadonlyArray<Port>> = each(port)
