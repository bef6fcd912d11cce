import * as E from 'fp-ts/lib/Either.js'
import { task, type Unwrap } from '../../async/task.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { type CliFailure, exitCodeOf } from '../failure.js'
import { isInterrupted } from '../interrupt.js'
import { printFailure } from '../output/failure-report.js'

/** The steps of a command: `unwrap` gives the value of a step, or ends the command with its failure. */
export type Steps<Args extends ReadonlyArray<unknown>> = (
  unwrap: Unwrap<CliFailure>,
  ...args: Args
) => Promise<ExitCode>

const wantsJson = (arg: unknown): boolean =>
  typeof arg === 'object' && arg !== null && 'output' in arg && arg.output === 'json'

/** A command's action: runs its steps, tells a failure, and leaves the exit code to the process. */
export const act =
  <Args extends ReadonlyArray<unknown>>(steps: Steps<Args>) =>
  async (...args: Args): Promise<void> => {
    const result = await task<CliFailure, ExitCode>((unwrap) => steps(unwrap, ...args))()
    if (E.isLeft(result)) printFailure(result.left, args.some(wantsJson))
    process.exitCode = E.isRight(result)
      ? result.right
      : isInterrupted()
        ? exitCodes.interrupted
        : exitCodeOf(result.left)
  }
