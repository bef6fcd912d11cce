/** Time as the in-memory cluster sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Runs `task` once, `ms` from now. Gives a way to call it off. */
  readonly after: (ms: number, task: () => void) => () => void
}

/** A clock that stands still until `advance` moves it. */
export interface ManualClock extends Clock {
  /** Moves time on, running what is due on the way in order, and lets asynchronous work settle in between. */
  readonly advance: (ms: number) => Promise<void>
}

/** The machine's own time. Its timers keep no process alive. */
export const realClock: Clock = {
  now: Date.now,
  after: (ms, task) => {
    const timer = setTimeout(task, Math.min(ms, 2 ** 31 - 1)).unref()
    return () => clearTimeout(timer)
  },
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * A clock for tests: deadlines and times to live pass in no time.
 *
 * @example
 * const clock = manualClock()
 * await clock.advance(60_000) // a minute later
 */
export const manualClock = (start = Date.UTC(2026, 0, 1)): ManualClock => {
  let now = start
  const waiting = new Set<{ readonly at: number; readonly task: () => void }>()
  const next = (until: number) => [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]

  return {
    now: () => now,
    after: (ms, task) => {
      const entry = { at: now + Math.max(0, ms), task }
      waiting.add(entry)
      return () => waiting.delete(entry)
    },
    advance: async (ms) => {
      const until = now + ms
      await settle()
      for (let due = next(until); due !== undefined; due = next(until)) {
        waiting.delete(due)
        now = Math.max(now, due.at)
        due.task()
        await settle()
      }
      now = until
    },
  }
}

/** The time as Kubernetes writes it, in whole seconds. */
export const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
