import { rangeEnds } from '../../net/port-range.js'
import { type Codec, notation } from '../codec/codec.js'

/**
 * A port of TCP, UDP or SCTP: a number from 1 to 65535, a range `'min:max'`, or the name of a port of the endpoint.
 * `decode` also takes a number as text, and keeps it as a number.
 *
 * **Source**: `api/pkg/lib/numorstring/port.go`.
 */
export type Port = number | string

const largest = 65535
const name = /^[a-zA-Z0-9_.-]{1,128}$/

const fromRange = (min: number, max: number): Port | undefined => {
  if (min > max || max > largest) return undefined
  return min === max ? min : `${min}:${max}`
}

/**
 * The port that a text names, as Calico prints it, or `undefined` for one that Calico cannot read.
 *
 * @example
 * parsePort('0080') // => 80
 * parsePort('80:90') // => '80:90'
 * parsePort('90:80') // => undefined
 */
export const parsePort = (text: string): Port | undefined => {
  if (/^\d+$/.test(text)) return Number(text) <= largest ? Number(text) : undefined
  const ends = rangeEnds(text)
  if (ends !== undefined) return fromRange(...ends)
  return name.test(text) ? text : undefined
}

const isPort = (value: unknown): value is Port =>
  typeof value === 'number'
    ? Number.isInteger(value) && value >= 0 && value <= largest
    : typeof value === 'string' && parsePort(value) === value

/** 0 is a port here: that no traffic has it is for `check` to say. */
export const Port: Codec<Port> = notation({
  name: 'a port',
  json: 'integer-or-string',
  is: isPort,
  read: (value) => (typeof value === 'string' ? parsePort(value) : undefined),
  hint: () => 'a number up to 65535, a range such as "8080:8090", or the name of a port',
})
