import type { Port } from '../../model/port.js'

/** From the first to the last, both within. */
interface Range {
  readonly low: number
  readonly high: number
}

/** The numbers that a port stands for: none for a name. */
const rangesOf = (port: Port): ReadonlyArray<Range> => {
  const [, low, high = low] = /^(\d+)(?::(\d+))?$/.exec(String(port)) ?? []
  return low === undefined ? [] : [{ low: Number(low), high: Number(high) }]
}

/** As few as can be: what overlaps or touches is one. */
const joined = (ports: ReadonlyArray<Port>): ReadonlyArray<Range> => {
  const found: Array<Range> = []
  for (const range of ports.flatMap(rangesOf).sort((a, b) => a.low - b.low)) {
    const last = found.at(-1)
    if (last === undefined || range.low > last.high + 1) found.push(range)
    else found[found.length - 1] = { low: last.low, high: Math.max(last.high, range.high) }
  }
  return found
}

/** Whether each of the ports is among the others; a name is only where it is named. */
export const arePortsWithin = (ports: ReadonlyArray<Port>, others: ReadonlyArray<Port>): boolean => {
  const ranges = joined(others)
  return ports.every((port) => {
    const [range] = rangesOf(port)
    if (range === undefined) return others.includes(port)
    return ranges.some(({ low, high }) => low <= range.low && range.high <= high)
  })
}

/** Whether no number is among both. A name may stand for any. */
export const arePortsApart = (ports: ReadonlyArray<Port>, others: ReadonlyArray<Port>): boolean =>
  [...ports, ...others].every((port) => rangesOf(port).length > 0) &&
  joined(ports).every((one) => joined(others).every(({ low, high }) => one.high < low || high < one.low))
