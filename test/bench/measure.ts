import { quick } from './report.js'

/** One thing measured: its name, and one call over all of the work. */
export interface Contender {
  readonly name: string
  readonly run: () => unknown
}

/** One that measures itself, in a process of its own: seconds for all of the work, one figure a round. */
export interface Foreign {
  readonly name: string
  readonly rounds: () => ReadonlyArray<number>
}

export interface Figure {
  readonly name: string
  /** Items of work per second, from the median round. */
  readonly perSecond: number
  /** From the slowest to the fastest round, in items per second. */
  readonly spread: readonly [number, number]
}

/** What one item costs at a size, in microseconds. */
export interface Size {
  readonly items: number
  readonly micros: number
}

/** Seconds of the processor's time, threads of the runtime included: what else the machine does is not in it. */
const time = (run: () => unknown, times: number): number => {
  const from = process.cpuUsage()
  for (let i = 0; i < times; i++) run()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6 / times
}

const figure = (name: string, items: number, seconds: ReadonlyArray<number>): Figure => {
  const sorted = [...seconds].sort((a, b) => a - b)
  const rate = (took = Number.NaN): number => Math.round(items / took)
  return {
    name,
    perSecond: rate(sorted[sorted.length >> 1]),
    spread: [rate(sorted.at(-1)), rate(sorted[0])],
  }
}

/** How often those that measure themselves are asked, spread over the rounds of the others. */
const foreignTurns = 3

/**
 * All contenders in turn, round by round, so that the machine's moods fall on all of them alike.
 * The first rounds warm up and are not counted.
 */
export const race = (
  items: number,
  contenders: ReadonlyArray<Contender | Foreign>,
  { rounds = 30, warmup = 10, repeat = 1 } = {},
): ReadonlyArray<Figure> => {
  const counted = quick ? 3 * foreignTurns : rounds
  const seconds = contenders.map(() => [] as Array<number>)
  for (let round = -warmup; round < counted; round++) {
    contenders.forEach((contender, index) => {
      if ('run' in contender) {
        const took = time(contender.run, repeat)
        if (round >= 0) seconds[index]?.push(took)
      } else if (round >= 0 && round % Math.ceil(counted / foreignTurns) === 0) {
        seconds[index]?.push(...contender.rounds())
      }
    })
  }
  return contenders.map(({ name }, index) => figure(name, items, seconds[index] ?? []))
}

/** What an item costs at each size: the same at each where the cost grows linearly. */
export const growth = (
  runOf: (items: number) => () => unknown,
  { sizes = [1_000, 10_000, 100_000], work = quick ? 10_000 : 50_000 } = {},
): ReadonlyArray<Size> =>
  sizes.map((items) => {
    const repeat = Math.max(1, work / items)
    const [measured] = race(items, [{ name: '', run: runOf(items) }], { rounds: 5, warmup: 2, repeat })
    return { items, micros: 1e6 / (measured?.perSecond ?? Number.NaN) }
  })

/** How many times as fast the first figure is as another one. */
export const times = ([first, ...others]: ReadonlyArray<Figure>, other: string): number =>
  (first?.perSecond ?? Number.NaN) /
  (others.find(({ name }) => name.startsWith(other))?.perSecond ?? Number.NaN)
