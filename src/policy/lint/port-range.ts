import type { Port } from '../../model/port.js'
import { portSpan } from '../port-span.js'
import { encloses, join, overlap, type Span } from '../span.js'

const numbersOf = (ports: ReadonlyArray<Port>): ReadonlyArray<Span> =>
  join(ports.flatMap((port) => portSpan(port) ?? []))

/** Whether each of the ports is among the others; a name is only where it is named. */
export const arePortsWithin = (ports: ReadonlyArray<Port>, others: ReadonlyArray<Port>): boolean => {
  const numbers = numbersOf(others)
  return ports.every((port) => {
    const span = portSpan(port)
    return span === undefined ? others.includes(port) : encloses(numbers, span)
  })
}

/** Whether no number is among both. A name may stand for any. */
export const arePortsApart = (ports: ReadonlyArray<Port>, others: ReadonlyArray<Port>): boolean =>
  [...ports, ...others].every((port) => portSpan(port) !== undefined) &&
  !overlap(numbersOf(ports), numbersOf(others))
