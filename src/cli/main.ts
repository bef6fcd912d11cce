#!/usr/bin/env node
import { CommanderError } from 'commander'
import { exitCodes } from './exit-code.js'
import { program } from './program.js'
import { err } from './terminal.js'
import { version } from './version.js'

/** Whoever reads stdout may stop to: `typed-calico render . | head`. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failure)
})

const tell = (error: unknown): void => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    return
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const on = `typed-calico ${version()}, Node ${process.version}, ${process.platform} ${process.arch}`
  err(
    `This is a fault of typed-calico itself: ${what}\n  → please report it, with the command line and: ${on}`,
  )
  if (process.env.TYPED_CALICO_DEBUG === '1' && error instanceof Error) err(error.stack ?? '')
  process.exitCode = exitCodes.bug
}

program().parseAsync().catch(tell)
