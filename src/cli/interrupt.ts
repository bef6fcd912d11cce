import { writeSync } from 'node:fs'
import { exitCodes } from './exit-code.js'
import { err, isTerminal } from './terminal.js'

const showCursor = '\u001b[?25h'

/** Straight to stderr: a list of steps that is being drawn holds back what others write. */
const farewell = (text: string): void => {
  try {
    writeSync(2, `${isTerminal() ? showCursor : ''}${text}\n`)
  } catch {
    // The terminal may be gone.
  }
}

const controller = new AbortController()

const interrupt = (): void => {
  if (controller.signal.aborted) {
    farewell(
      'Stopped at once. The cluster removes what the run made when its time is up; `cleanup` removes it now.',
    )
    process.exit(exitCodes.interrupted)
  }
  err('Interrupted: removing what the run made. Interrupt again to stop at once.')
  controller.abort()
}

/** A signal that fires at Ctrl-C, at SIGTERM, and when the terminal is closed. At the second one, the process ends there and then. */
export const interruptSignal = (): AbortSignal => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeListener(signal, interrupt)
    process.on(signal, interrupt)
  }
  return controller.signal
}

/** Whether the command was told to stop: whatever it then fails with, that is why. */
export const isInterrupted = (): boolean => controller.signal.aborted
