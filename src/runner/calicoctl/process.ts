import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import * as E from 'fp-ts/lib/Either.js'

/** How a program on this machine ended. */
export interface Ended {
  /** 128 and the signal's number where it was killed. */
  readonly exitCode: number
  /** What it printed, stdout and stderr as they came; the last of it. */
  readonly output: string
}

/** The program could not be started: the code of the operating system, as `ENOENT`. */
export interface NotStarted {
  readonly code: string
}

const killAfterMs = 2_000
const mostOutput = 4_000_000

/**
 * Runs a program, with its arguments as they are and no shell. When the signal fires it is asked to end, and then made
 * to; the result comes when it has ended.
 */
export const runProgram = (
  path: string,
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<E.Either<NotStarted, Ended>> =>
  new Promise((resolve) => {
    const child = spawn(path, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let ended: number | undefined
    let kill: NodeJS.Timeout | undefined
    const settle = (result: E.Either<NotStarted, Ended>): void => {
      clearTimeout(kill)
      signal.removeEventListener('abort', stop)
      // What it has started itself may hold them open.
      child.stdout.destroy()
      child.stderr.destroy()
      resolve(result)
    }
    const stop = (): void => {
      if (ended !== undefined) {
        settle(E.right({ exitCode: ended, output }))
        return
      }
      child.kill('SIGTERM')
      kill = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = `${output}${text}`.slice(-mostOutput)
      })
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) settle(E.left({ code: error.code ?? 'unknown' }))
    })
    child.on('exit', (code, killedBy) => {
      ended = code ?? 128 + (killedBy === null ? 0 : constants.signals[killedBy])
      if (signal.aborted) settle(E.right({ exitCode: ended, output }))
    })
    child.on('close', () => settle(E.right({ exitCode: ended ?? 1, output })))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
