#!/usr/bin/env node
import { CommanderError } from 'commander'
import { exitCodes } from './exit-code.js'
import { explainFault } from './fault.js'
import { program } from './program.js'
import { err } from './terminal.js'

/** Whoever reads stdout may stop to: `typed-calico render . | head`. */
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  process.exit(code === 'EPIPE' ? exitCodes.ok : exitCodes.failure)
})

const tellFault = (error: unknown): void => {
  err(explainFault(error))
  if (process.env.TYPED_CALICO_DEBUG === '1' && error instanceof Error) err(error.stack ?? '')
  process.exitCode = exitCodes.bug
}

process.on('uncaughtException', (error) => {
  tellFault(error)
  process.exit()
})

program()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof CommanderError)) return tellFault(error)
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  })
