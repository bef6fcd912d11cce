import type { Registry } from '../registry/registry.js'

/**
 * Brings the objects one step closer to what they ask for. Gives the time at which it wants to look again even if
 * nothing changes, in milliseconds since 1970.
 */
export type Controller = (registry: Registry) => number | undefined

/** Runs the controllers soon after every change, and when one of them asked for it, until the store is at rest. */
export const runControllers = (
  registry: Registry,
  controllers: ReadonlyArray<Controller>,
  reactionMs: number,
): void => {
  const { clock, store } = registry
  let due = Number.POSITIVE_INFINITY
  let cancel = (): void => {}

  const wakeAt = (at: number): void => {
    if (at >= due) return
    cancel()
    due = at
    cancel = clock.after(at - clock.now(), () => {
      due = Number.POSITIVE_INFINITY
      for (const controller of controllers) {
        const again = controller(registry)
        if (again !== undefined) wakeAt(again)
      }
    })
  }
  const soon = (): void => wakeAt(clock.now() + reactionMs)

  store.subscribe(soon)
  soon()
}

/** The earlier of the times that are given. */
export const earliest = (...times: ReadonlyArray<number | undefined>): number | undefined => {
  const given = times.filter((time) => time !== undefined)
  return given.length === 0 ? undefined : Math.min(...given)
}
