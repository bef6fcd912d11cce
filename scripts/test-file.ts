import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { stripVTControlCharacters } from 'node:util'

/** For what hangs: some build programs of Calico's first, beside the lab's own. */
const timeoutMs = 40 * 60_000

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export interface Result extends Tally {
  readonly file: string
  readonly seconds: number
  readonly output: string
}

const count = (output: string, word: string): number =>
  Number(new RegExp(`${word}:\\s+(\\d+)`).exec(output)?.[1] ?? 0)

const tally = (output: string, exitCode: number | null): Tally => {
  const total = count(output, 'Total')
  const passed = count(output, 'Passed')
  const skipped = count(output, 'Skipped')
  const failed = total - passed - skipped
  if (total === 0 && skipped === 0) return { passed: 0, failed: 1, skipped: 0 }
  return { passed, skipped, failed: exitCode === 0 ? failed : Math.max(failed, 1) }
}

/** Runs a test file in a process of its own; a file that runs no test has failed: uvu itself would call it a success. */
export const runFile = (file: string, priority: number): Promise<Result> =>
  new Promise((resolve) => {
    const start = Date.now()
    let output = ''
    const child = spawn(process.execPath, ['--import', 'tsx', '--import', './test/property-seed.ts', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    if (child.pid !== undefined) setPriority(child.pid, priority)
    const take = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('close', (code) => {
      const text = stripVTControlCharacters(output)
      resolve({ file, seconds: (Date.now() - start) / 1000, output: text, ...tally(text, code) })
    })
  })

export const report = ({ file, passed, failed, skipped, seconds, output }: Result): void => {
  const notes = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} FAILED`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ]
  console.log(`${failed > 0 ? '✗' : '✓'} ${file}: ${notes.join(', ')} (${seconds.toFixed(1)} s)`)
  if (failed > 0) console.log(output.slice(-12_000).replace(/^/gm, '    '))
  if (skipped > 0)
    console.log(
      output
        .split('\n')
        .filter((line) => line.startsWith('skipped'))
        .map((line) => `    ${line}`)
        .join('\n'),
    )
}
