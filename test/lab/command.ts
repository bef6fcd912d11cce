import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Output {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Options {
  readonly stdin?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Each line of stderr, as it comes. */
  readonly onLine?: (line: string) => void
}

/** Runs a command to its end. One that is not there ends with 127, as in a shell. */
export const run = (command: string, args: ReadonlyArray<string>, options: Options = {}): Promise<Output> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    createInterface({ input: child.stderr }).on('line', (line) => {
      stderr += `${line}\n`
      options.onLine?.(line)
    })
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: `${error.message}\n` }))
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 128, stdout, stderr: stderr || (signal ?? '') }),
    )
    // A command may end without reading its input.
    child.stdin.on('error', () => {}).end(options.stdin ?? '')
  })

/** The standard output of a command that must succeed; its last words are in the error otherwise. */
export const must = async (
  command: string,
  args: ReadonlyArray<string>,
  options: Options = {},
): Promise<string> => {
  const { code, stdout, stderr } = await run(command, args, options)
  if (code === 0) return stdout
  const words = (stderr || stdout).trim().split('\n').slice(-15).join('\n')
  throw new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${code}:\n${words}`)
}
