import type { Port } from '../model/port.js'
import type { Span } from './span.js'
import { type Numbers, toSpan } from './traffic.js'

const isNumeric = (port: Port): port is Numbers => /^\d+(?::\d+)?$/.test(String(port))

/** The numbers that a port of a rule stands for, whatever the endpoint; `undefined` for a name. */
export const portSpan = (port: Port): Span | undefined => (isNumeric(port) ? toSpan(port) : undefined)
