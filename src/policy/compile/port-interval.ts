import type { Port } from '../../model/policy/port.js'
import type { Interval } from '../../net/interval.js'
import { type NumberRange, parseRange } from '../../net/port-range.js'

const isNumeric = (port: Port): port is NumberRange =>
  typeof port === 'number' ? Number.isSafeInteger(port) && port >= 0 : /^\d+(?::\d+)?$/.test(port)

/** The numbers that a port of a rule stands for, whatever the endpoint; `undefined` for a name. */
export const portInterval = (port: Port): Interval | undefined =>
  isNumeric(port) ? parseRange(port) : undefined
