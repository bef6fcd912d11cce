import type { Dice } from './pool.js'

/** The text with one to three small faults: something put in, taken out, doubled, swapped or cut off. */
export const breakText = (text: string, { below, pick }: Dice, marks: ReadonlyArray<string>): string => {
  let chars = [...text]
  for (let faults = 1 + below(3); faults > 0; faults--) {
    const at = below(chars.length + 1)
    const size = 1 + below(4)
    const mark = marks[below(marks.length)] ?? ''
    chars = pick([
      () => chars.toSpliced(at, 0, mark),
      () => chars.toSpliced(at, 0, mark),
      () => chars.toSpliced(at, 1, mark),
      () => chars.toSpliced(at, size),
      () => chars.toSpliced(at, 0, ...chars.slice(at, at + size)),
      () => [...chars.slice(0, at), ...chars.slice(at, at + 2).reverse(), ...chars.slice(at + 2)],
      () => chars.slice(0, at),
    ])()
  }
  return chars.join('')
}
