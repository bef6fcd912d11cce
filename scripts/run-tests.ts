import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, constants } from 'node:os'
import { type Result, report, runFile, type Tally } from './test-file.js'

/**
 * Runs every test file in a process of its own and adds up what uvu reports. Usage: `npm run unit [-- part-of-a-path …]`.
 *
 * Files go by the mark in their first line, in lanes beside each other: those of the lab mostly wait for it, and the others keep the
 * processors busy meanwhile, as they do while the lab is built. They have less priority, since the lab's lane is the longest.
 */
interface Lane {
  readonly priority: number
  readonly needsLab: boolean
  /** One after the other; of each, so many files at once. */
  readonly stages: ReadonlyArray<{ readonly mark: Mark; readonly atOnce: number }>
}

type Mark = 'none' | '@package' | '@lab' | '@alone'

const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL } = constants.priority

const lanes: ReadonlyArray<Lane> = [
  {
    priority: PRIORITY_NORMAL,
    needsLab: true,
    stages: [
      // On the shared lab, in namespaces and with names, owners and selectors of their own; or on a lab of their own.
      { mark: '@lab', atOnce: 3 },
      // They change what all of the lab has, or count what it or the machine has.
      { mark: '@alone', atOnce: 1 },
    ],
  },
  // They share the packed package, which the first of them makes.
  { priority: PRIORITY_BELOW_NORMAL, needsLab: false, stages: [{ mark: '@package', atOnce: 1 }] },
  {
    priority: PRIORITY_BELOW_NORMAL,
    needsLab: false,
    stages: [{ mark: 'none', atOnce: Math.min(2, availableParallelism()) }],
  },
]

const marks = lanes.flatMap(({ stages }) => stages.map(({ mark }) => mark))

const markOf = (file: string): Mark => {
  const text = readFileSync(file, 'utf8')
  return marks.find((mark) => text.startsWith(`// ${mark}\n`)) ?? 'none'
}

const wanted = process.argv.slice(2)
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
  .map((file) => `test/${file}`)
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
  .map((file) => ({ file, mark: markOf(file) }))

/** Builds what is not in the cache, which may take longer than a test file may. Where no lab can be, each test says so itself. */
const bringUpLab = async (): Promise<void> => {
  const lab = spawn('npx', ['tsx', 'test/lab/main.ts', 'up'], { stdio: ['ignore', 'inherit', 'inherit'] })
  await once(lab, 'close')
}

const runLane = async ({ priority, needsLab, stages }: Lane): Promise<ReadonlyArray<Result>> => {
  const queues = stages.map(({ mark, atOnce }) => ({ atOnce, queue: files.filter((it) => it.mark === mark) }))
  if (needsLab && queues.some(({ queue }) => queue.length > 0)) await bringUpLab()
  const results: Array<Result> = []
  for (const { atOnce, queue } of queues) {
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const result = await runFile(next.file, priority)
        report(result)
        results.push(result)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }
  return results
}

const results = (await Promise.all(lanes.map(runLane))).flat()
const sum = (key: keyof Tally): number => results.reduce((total, result) => total + result[key], 0)
const skippedInCI = process.env.CI === 'true' ? sum('skipped') : 0
const failed = results.filter((result) => result.failed > 0).map(({ file }) => file)
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`)
if (skippedInCI > 0) console.log(`${skippedInCI} skipped tests: with CI=true that is a failure`)
console.log(
  `${sum('passed')} passed, ${sum('failed') + skippedInCI} failed, ${sum('skipped') - skippedInCI} skipped`,
)
process.exitCode = files.length > 0 && sum('failed') + skippedInCI === 0 ? 0 : 1
