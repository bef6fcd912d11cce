import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { stripVTControlCharacters } from 'node:util'

/**
 * Runs every test file in a process of its own and adds up what uvu reports. A file that runs no test has failed:
 * uvu itself would call it a success. Usage: `npm run unit [-- part-of-a-path …]`.
 */
const timeoutMs = 15 * 60_000

interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Result extends Tally {
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

const runFile = (file: string): Promise<Result> =>
  new Promise((resolve) => {
    const start = Date.now()
    let output = ''
    const child = spawn(process.execPath, ['--import', 'tsx', '--import', './test/property-seed.ts', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
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

const report = ({ file, passed, failed, skipped, seconds, output }: Result): void => {
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

/** How many files run at once, by the mark in a file. One group after the other. */
const groups = [
  { mark: 'none', atOnce: Math.min(2, availableParallelism()) },
  // On the shared lab, and mostly waiting for it: in namespaces, and with names, owners and selectors, of their own.
  { mark: '@lab', atOnce: 3 },
  // They measure, or change what all of the lab or of the machine has.
  { mark: '@alone', atOnce: 1 },
]

const markOf = (file: string): string => {
  const text = readFileSync(file, 'utf8')
  return groups.find(({ mark }) => text.startsWith(`// ${mark}\n`))?.mark ?? 'none'
}

const runAll = async (files: ReadonlyArray<string>, atOnce: number): Promise<ReadonlyArray<Result>> => {
  const queue = [...files]
  const results: Array<Result> = []
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const result = await runFile(file)
      report(result)
      results.push(result)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

const wanted = process.argv.slice(2)
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
  .map((file) => `test/${file}`)
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
const results: Array<Result> = []
for (const { mark, atOnce } of groups) {
  results.push(
    ...(await runAll(
      files.filter((file) => markOf(file) === mark),
      atOnce,
    )),
  )
}
const sum = (key: keyof Tally): number => results.reduce((total, result) => total + result[key], 0)
const skippedInCI = process.env.CI === 'true' ? sum('skipped') : 0
if (skippedInCI > 0) console.log(`${skippedInCI} skipped tests: with CI=true that is a failure`)
console.log(
  `${sum('passed')} passed, ${sum('failed') + skippedInCI} failed, ${sum('skipped') - skippedInCI} skipped`,
)
process.exitCode = files.length > 0 && sum('failed') + skippedInCI === 0 ? 0 : 1
