const numberFrom = (name: string, otherwise: number): number => {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is to be a whole number, not ${text}`)
  return value
}

/** How much is compared: `CONFORMANCE_TIMES=20` makes it a night's work, `CONFORMANCE_SEED` another sample. */
const times = numberFrom('CONFORMANCE_TIMES', 1)

export const seed = numberFrom('CONFORMANCE_SEED', 328)
export const documents = 20_000 * times
export const selectors = 20_000 * times
export const conversions = 2_000 * times
export const podFlows = 50_000 * times
export const hostFlows = 20_000 * times

/** Asked at once: a night's sample would not fit into memory. */
export const round = 5_000

/** The sample in rounds, each with a seed of its own. */
export const rounds = (count: number): ReadonlyArray<{ readonly count: number; readonly seed: number }> =>
  Array.from({ length: Math.ceil(count / round) }, (_, i) => ({
    count: Math.min(round, count - i * round),
    seed: seed + i,
  }))
