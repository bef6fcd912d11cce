export interface Metronome {
  /** For how long this process could have been at work. */
  readonly elapsedMs: () => number
  readonly stop: () => void
}

const beatMs = 50

/**
 * Counts time as this process lives it. A promise to settle by a deadline can only be kept while the process gets to run, and
 * on a machine under load it waits for that at each step: its beats wait as long as its other steps do.
 */
export const startMetronome = (): Metronome => {
  let beats = 0
  let timer: NodeJS.Timeout
  const beat = (): void => {
    timer = setTimeout(() => {
      beats += 1
      beat()
    }, beatMs)
  }
  beat()
  return { elapsedMs: () => beats * beatMs, stop: () => clearTimeout(timer) }
}
