/**
 * Reading the world of a cluster: 10,000 pods and 2,000 policies, on the in-memory cluster in a process of its own, over
 * HTTP. Beside it a client that lists the same kinds and keeps what it gets; and the memory of a world of 50,000 pods.
 *
 *     npx tsx test/bench/world.ts [--json | --markdown] [--quick]
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { quick, report, type Wall } from './report.js'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

interface Served {
  readonly url: string
  readonly server: ChildProcess
}

const serve = async (pods: number, policies: number): Promise<Served> => {
  const args = [
    '--max-old-space-size=8192',
    '--import',
    'tsx',
    script('world-server.ts'),
    `${pods}`,
    `${policies}`,
  ]
  const server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const [said] = await once(server.stdout, 'data')
  return { url: String(said).trim(), server }
}

const end = async ({ server }: Served): Promise<void> => {
  const ended = once(server, 'exit')
  server.stdin?.end()
  await ended
}

interface Reading {
  readonly ms: number
  readonly peakMiB: number
  readonly keptMiB: number
}

const read = ({ url }: Served, how: string): Reading =>
  JSON.parse(
    execFileSync(process.execPath, [
      '--expose-gc',
      '--import',
      'tsx',
      script('world-once.ts'),
      url,
      how,
    ]).toString(),
  )

const rounds = quick ? 1 : 5

const wall = (name: string, readings: ReadonlyArray<Reading>): Wall => {
  const sorted = readings.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    name,
    ms: sorted[sorted.length >> 1] ?? Number.NaN,
    spread: [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN],
  }
}

const small = await serve(10_000, 2_000)
const [worlds, lists]: ReadonlyArray<Array<Reading>> = [[], []]
for (let round = 0; round < rounds; round++) {
  worlds?.push(read(small, 'world'))
  lists?.push(read(small, 'lists'))
}
await end(small)
const large = await serve(50_000, 2_000)
const [whole, listed] = [read(large, 'world'), read(large, 'lists')]
await end(large)

const figures = [wall('worldFrom', worlds ?? []), wall('the same lists, kept as they are', lists ?? [])]
report({
  row: 'the world of a cluster with 10,000 pods and 2,000 policies, over HTTP',
  figures,
  targets: [
    { what: 'milliseconds', reach: 5_000, here: figures[0]?.ms ?? Number.NaN },
    { what: 'MiB at most for 50,000 pods', reach: listed.peakMiB, here: whole.peakMiB },
    { what: 'MiB kept of 50,000 pods', reach: listed.keptMiB, here: whole.keptMiB },
  ],
})
