import type { Interval } from './interval.js'

/** A number, or the first and the last of some in a row: `'8000:8999'`, as Calico writes ports. */
export type NumberRange = number | `${number}:${number}`

export const printRange = ({ from, until }: Interval): NumberRange =>
  until - from === 1 ? from : `${from}:${until - 1}`

export const parseRange = (numbers: NumberRange): Interval => {
  const [first = 0, last = first] = `${numbers}`.split(':').map(Number)
  return { from: first, until: last + 1 }
}
