import { spawn } from 'node:child_process'
import { environment } from './workshop.js'

export interface Session {
  readonly code: number | null
  /** All that the terminal showed. */
  readonly screen: string
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/**
 * Runs a command on a terminal of its own, made by script(1), and types each answer when its question is on the screen.
 */
export const onTerminal = (
  command: ReadonlyArray<string>,
  folder: string,
  env: Readonly<Record<string, string>>,
  answers: ReadonlyArray<readonly [question: string, answer: string]> = [],
): Promise<Session> =>
  new Promise((done) => {
    const child = spawn(
      'script',
      ['-qec', `stty cols 100 rows 30; ${command.map(quote).join(' ')}`, '/dev/null'],
      {
        cwd: folder,
        env: environment({ TERM: 'xterm-256color', ...env }),
      },
    )
    let screen = ''
    const left = [...answers]
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString()
      const [next] = left
      if (next === undefined || !screen.includes(next[0])) return
      left.shift()
      child.stdin.write(next[1])
    })
    child.on('close', (code) => done({ code, screen }))
  })
