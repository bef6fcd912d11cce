import fc from 'fast-check'

/** YAML text that stands for itself when printed: `0x10`, `yes`, `.inf`. */
export class Raw {
  constructor(readonly text: string) {}
}

export const raw = (text: string): Raw => new Raw(text)

/** Values for one place in a document: those that Calico takes there, and those that come close. */
export interface Pool {
  readonly good: ReadonlyArray<unknown>
  readonly near: ReadonlyArray<unknown>
}

/** Words between bars, so that an empty one and spaces can be among them. */
export const split = (text: string): ReadonlyArray<string> => text.split('|')

/** Mostly good values: a document with fifteen of them still has an even chance to be valid. */
export const from = ({ good, near }: Pool): fc.Arbitrary<unknown> =>
  near.length === 0
    ? fc.constantFrom(...good)
    : fc.oneof(
        { weight: 40, arbitrary: fc.constantFrom(...good) },
        { weight: 1, arbitrary: fc.constantFrom(...near) },
      )

export const listFrom = (pool: Pool, maxLength = 3): fc.Arbitrary<ReadonlyArray<unknown>> =>
  fc.array(from(pool), { maxLength })

/** An object of which each key may be absent, as often as present. */
export const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> =>
  fc.record({ ...fields }, { requiredKeys: [] })

/** Absent seven times of eight. */
export const rarely = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Small, fast, the same everywhere: styles and mutations draw from it, one seed a document. */
export interface Dice {
  readonly below: (n: number) => number
  readonly pick: <A>(items: readonly [A, ...A[]]) => A
  readonly oneIn: (n: number) => boolean
}

export const dice = (seed: number): Dice => {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number): number => Math.floor(next() * n)
  return { below, pick: (items) => items[below(items.length)] ?? items[0], oneIn: (n) => below(n) === 0 }
}
