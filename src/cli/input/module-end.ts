import { writeSync } from 'node:fs'
import { explain } from '../../error.js'
import { exitCodes } from '../exit-code.js'

const hint = 'a module has to finish loading: what it awaits must happen, and it must not end the process'

/** Node ends without a word where nothing is left that could happen, and so does a module that calls `process.exit`. */
const tellAtExit = (file: string, code: number, exited: boolean): void => {
  const why = exited ? `it called process.exit(${code})` : 'it awaits something that never happens'
  const message = `${file} cannot be loaded: ${why}`
  process.exitCode = exitCodes.noInput
  try {
    writeSync(2, `${explain({ _tag: 'BadModule', message, hint })}\n`)
  } catch {
    // Nobody reads it.
  }
}

/** The result of loading a module. Whatever keeps the module from its end is a failure, and names it: a pipeline that goes on must not take silence for success. */
export const toItsEnd = async <A>(file: string, load: () => Promise<A>, deadlineMs: number): Promise<A> => {
  const { exit } = process
  let exited = false
  const onExit = (code: number): void => tellAtExit(file, code, exited)
  process.once('exit', onExit)
  process.exit = (code) => {
    exited = true
    return exit(code)
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const why = `it has not finished loading after ${deadlineMs / 1000} s`
    timer = setTimeout(() => reject(new Error(why)), deadlineMs)
    // By itself it keeps nothing alive: where nothing else does, there is nothing to wait for.
    timer.unref()
  })
  try {
    return await Promise.race([load(), late])
  } finally {
    clearTimeout(timer)
    process.exit = exit
    process.removeListener('exit', onExit)
  }
}
