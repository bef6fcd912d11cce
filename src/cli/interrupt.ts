import { writeSync } from 'node:fs'
import { exitCodes } from './exit-code.js'
import { err, isTerminal } from './terminal.js'

const showCursor = '\u001b[?25h'

/** Straight to stderr: a list of steps that is being drawn holds back what others write. */
const farewell = (text: string): void => void writeSync(2, `${isTerminal() ? showCursor : ''}${text}\n`)

/** A signal that fires at Ctrl-C and at SIGTERM. At the second one, the process ends there and then. */
export const interruptSignal = (): AbortSignal => {
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
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}
