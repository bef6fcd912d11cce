import type { End, Match } from './match.js'

const isApart = ({ nets: { addresses: some } }: End, { nets: { addresses: others } }: End): boolean =>
  some.length > 0 &&
  others.length > 0 &&
  some.every(
    (a) =>
      a !== undefined && others.every((b) => b !== undefined && (a.until <= b.from || b.until <= a.from)),
  )

/** Whether no address is in the nets of both rules, at one of their ends. */
export const areNetsApart = (one: Match, other: Match): boolean =>
  isApart(one.source, other.source) || isApart(one.destination, other.destination)
