#!/usr/bin/env node
import { CommanderError } from 'commander'
import { exitCodes } from './exit-code.js'
import { explainFault } from './fault.js'
import { program } from './program.js'
import { err } from './terminal.js'

/*
 * Whoever reads may stop to, as in `typed-calico apply . 2>&1 | head`. What is under way goes on to its end: a run on a
 * cluster that is dropped there and then is not tidied up.
 */
process.stderr.on('error', () => undefined)
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.exitCode = exitCodes.failure
})

const tellFault = (error: unknown): void => {
  err(explainFault(error))
  if (process.env.TYPED_CALICO_DEBUG === '1' && error instanceof Error) err(error.stack ?? '')
  process.exitCode = exitCodes.bug
}

/** Once all is printed: timers and connections of a module of the user's would keep the process alive for ever. */
const leave = (): void => void process.stdout.write('', () => process.stderr.write('', () => process.exit()))

process.on('uncaughtException', (error) => {
  tellFault(error)
  leave()
})

program()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof CommanderError)) return tellFault(error)
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  })
  .finally(leave)
