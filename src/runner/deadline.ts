import { setMaxListeners } from 'node:events'

/** Fires when the time is up, or when the caller's signal fires. Many calls listen to it at once, and none leaks. */
export const deadline = (timeoutMs: number, signal?: AbortSignal): AbortSignal => {
  const both = AbortSignal.any([
    AbortSignal.timeout(Math.ceil(timeoutMs)),
    ...(signal === undefined ? [] : [signal]),
  ])
  setMaxListeners(0, both)
  return both
}
