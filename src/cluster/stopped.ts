import type { Aborted, TimedOut } from './error.js'

/** What a signal that fired means for what was asked. */
export const stopped = (signal: AbortSignal, request: string): Aborted | TimedOut =>
  signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
    ? { _tag: 'TimedOut', request, message: `${request}: the deadline passed` }
    : { _tag: 'Aborted', request, message: `${request}: the caller aborted` }
