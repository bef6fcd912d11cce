import type { Failure, Invalid } from '../error.js'
import type { NoFleetJob } from '../fleet/job/fleet-status.js'
import type { RunnerError } from '../runner/error.js'
import { type ExitCode, exitCodes } from './exit-code.js'

interface CliFailureOf<Tag extends string> extends Failure {
  readonly _tag: Tag
}

/** The command line or the settings say something that cannot be done. */
export interface BadUsage extends CliFailureOf<'BadUsage'> {}
/** A file or folder is not there, cannot be read, or has nothing in it. */
export interface NoInput extends CliFailureOf<'NoInput'> {}
/** A module of the user's failed while it was loaded. */
export interface BadModule extends CliFailureOf<'BadModule'> {}
/** A file cannot be written. */
export interface NotWritten extends CliFailureOf<'NotWritten'> {}
/** The person at the terminal said no. Nothing was changed. */
export interface Declined extends CliFailureOf<'Declined'> {}

/** Every way in which the command can fail. */
export type CliFailure =
  | RunnerError
  | Invalid
  | BadUsage
  | NoInput
  | BadModule
  | NotWritten
  | Declined
  | NoFleetJob

export const badUsage = (message: string, hint: string): BadUsage => ({ _tag: 'BadUsage', message, hint })

export const exitCodeOf = (failure: CliFailure): ExitCode => {
  switch (failure._tag) {
    case 'Aborted':
      return exitCodes.interrupted
    case 'Interrupted':
      return exitCodeOf(failure.cause)
    case 'BadUsage':
    case 'BadOption':
      return exitCodes.usage
    case 'NoInput':
    case 'BadModule':
      return exitCodes.noInput
    default:
      return exitCodes.failure
  }
}
