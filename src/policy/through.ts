import type { Through } from './connection.js'
import type { Decision } from './decide.js'
import type { Inquiry } from './divide.js'
import { covers } from './span.js'
import { axesOf, hasProtocol, spansOf } from './traffic.js'

/** What the lists say of the packets of a protocol. */
export const decisions = (through: Through, protocol: number): Inquiry<Decision> => {
  const areas = (['allowed', 'unknown'] as const).flatMap((decision) =>
    through[decision]
      .filter((traffic) => hasProtocol(traffic, protocol))
      .map((traffic) => ({ decision, spans: spansOf(traffic, axesOf(protocol)) })),
  )
  return {
    marks: [areas.flatMap(({ spans }) => spans[0]), areas.flatMap(({ spans }) => spans[1])],
    ask: (first, second) =>
      areas.find(({ spans }) => covers(spans[0], first) && covers(spans[1], second))?.decision ?? 'denied',
  }
}
