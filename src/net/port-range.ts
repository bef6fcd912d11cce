import type { Interval } from './interval.js'

/** A number, or the first and the last of some in a row: `'8000:8999'`, as Calico writes ports. */
export type NumberRange = number | `${number}:${number}`

const range = /^(\d+):(\d+)$/

/** The first and the last number that a text such as `'8000:8999'` names, in whatever order; nothing for another text. */
export const rangeEnds = (text: string): readonly [first: number, last: number] | undefined => {
  const found = range.exec(text)
  return found === null ? undefined : [Number(found[1]), Number(found[2])]
}

/** Whether it is a number or a range, and not the name of a port. */
export const isNumberRange = (value: number | string): value is NumberRange =>
  typeof value === 'number' || range.test(value)

export const printRange = ({ from, until }: Interval): NumberRange =>
  until - from === 1 ? from : `${from}:${until - 1}`

export const parseRange = (numbers: NumberRange): Interval => {
  if (typeof numbers === 'number') return { from: numbers, until: numbers + 1 }
  const [first = 0, last = first] = numbers.split(':').map(Number)
  return { from: first, until: last + 1 }
}
