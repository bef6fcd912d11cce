import { setMaxListeners } from 'node:events'

/** A signal that many calls listen to at once. */
export interface SharedSignal {
  readonly signal: AbortSignal
  /** No longer follows the caller's. */
  readonly release: () => void
}

/** Follows the caller's signal, which may be meant for one listener, and lives as long as the caller's work. */
export const sharedSignal = (from: AbortSignal | undefined): SharedSignal => {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const stop = (): void => controller.abort(from?.reason)
  if (from?.aborted === true) stop()
  else from?.addEventListener('abort', stop, { once: true })
  return { signal: controller.signal, release: () => from?.removeEventListener('abort', stop) }
}
