import { setMaxListeners } from 'node:events'

/** The longest timer that Node has: 24 days. */
const longestMs = 2 ** 31 - 1

/**
 * Fires when the time is up, or when the caller's signal fires. Many calls listen to it at once, and none leaks.
 *
 * Not `AbortSignal.any([AbortSignal.timeout(…), …])`: Node 20 lets the garbage collector have the timeout that only the
 * other waits for, and then it never fires (nodejs/node#57736).
 */
export const deadline = (timeoutMs: number, signal?: AbortSignal): AbortSignal => {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  if (signal?.aborted) {
    controller.abort(signal.reason)
    return controller.signal
  }
  const end = (reason: unknown): void => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    controller.abort(reason)
  }
  const stop = (): void => end(signal?.reason)
  const timeUp = (): void => end(new DOMException(`${timeoutMs} ms are over`, 'TimeoutError'))
  const timer = setTimeout(timeUp, Math.min(Math.ceil(timeoutMs), longestMs)).unref()
  signal?.addEventListener('abort', stop, { once: true })
  return controller.signal
}
