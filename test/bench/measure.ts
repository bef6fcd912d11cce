/** One thing measured: its name, and one call over all of the work. */
export interface Contender {
  readonly name: string
  readonly run: () => unknown
}

export interface Figure {
  readonly name: string
  /** Items of work per second, from the median round. */
  readonly perSecond: number
  /** From the slowest to the fastest round, in items per second. */
  readonly spread: readonly [number, number]
}

const median = (sorted: ReadonlyArray<number>): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN

/** Seconds of the processor's time, threads of the runtime included: what else the machine does is not in it. */
const time = (run: () => unknown, times: number): number => {
  const from = process.cpuUsage()
  for (let i = 0; i < times; i++) run()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6 / times
}

/**
 * All contenders in turn, round by round, so that the machine's moods fall on all of them alike.
 * The first rounds warm up and are not counted.
 */
export const race = (
  items: number,
  contenders: ReadonlyArray<Contender>,
  { rounds = 30, warmup = 10, repeat = 1 } = {},
): ReadonlyArray<Figure> => {
  const seconds = contenders.map(() => [] as Array<number>)
  for (let round = 0; round < warmup + rounds; round++) {
    contenders.forEach(({ run }, index) => {
      const took = time(run, repeat)
      if (round >= warmup) seconds[index]?.push(took)
    })
  }
  return contenders.map(({ name }, index) => {
    const sorted = (seconds[index] ?? []).sort((a, b) => a - b)
    const rate = (took: number): number => Math.round(items / took)
    return {
      name,
      perSecond: rate(median(sorted)),
      spread: [rate(sorted.at(-1) ?? Number.NaN), rate(sorted[0] ?? Number.NaN)],
    }
  })
}

/** One thing measured at three sizes: the rate stays what it is where the cost grows linearly. */
export const growth = (name: string, runOf: (items: number) => () => unknown): ReadonlyArray<Figure> =>
  [1_000, 10_000, 100_000].flatMap((items) =>
    race(items, [{ name: `${name}, ${items.toLocaleString('en')}`, run: runOf(items) }], {
      rounds: 10,
      warmup: 3,
      repeat: 100_000 / items,
    }),
  )

/** A table for people, or one line of JSON with `--json`. */
export const print = (row: string, figures: ReadonlyArray<Figure>): void => {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ row, node: process.version, figures }))
    return
  }
  console.log(`\n${row} (per second: median, slowest to fastest round)`)
  for (const { name, perSecond, spread } of figures) {
    console.log(
      `  ${name.padEnd(40)} ${perSecond.toLocaleString('en')}  (${spread.map((n) => n.toLocaleString('en')).join(' to ')})`,
    )
  }
}
