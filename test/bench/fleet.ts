import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { toYaml } from '../../src/index.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { must } from '../lab/command.js'
import { globalPolicies } from './fleet-policies.js'
import { ticker } from './ticker.js'

/**
 * One task on many clusters: `runFleet` in one process, against a shell loop over the command. `npm run bench -- fleet
 * [--quick]`. The clusters are in memory, all in a second process, and their work is in both: what differs is the client's.
 */
const quick = process.argv.includes('--quick')
const given = (flag: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${flag}=`))?.split('=')[1]
/** `--clusters=10,50` for other sizes. */
const sizes = given('clusters')?.split(',').map(Number) ?? (quick ? [5, 20] : [50, 500])
const policies = quick ? 20 : 200
/** The loop is run over so many; what it takes for all is reckoned from that. `--looped=5` for another number. */
const looped = Number(given('looped') ?? (quick ? 3 : 20))
const command = 'dist/cli/main.js'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const node = (args: ReadonlyArray<string>, heap = 4_000): ChildProcess =>
  spawn(process.execPath, [`--max-old-space-size=${heap}`, '--import', 'tsx', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })

async function* lines(child: ChildProcess): AsyncGenerator<string> {
  if (child.stdout !== null) yield* createInterface({ input: child.stdout })
}

interface Row {
  readonly how: string
  readonly clusters: number
  readonly task: string
  readonly seconds: number
  readonly peakMiB?: number
}

const show = ({ how, clusters, task, seconds, peakMiB }: Row): void => {
  const memory = peakMiB === undefined ? '' : Math.round(peakMiB)
  console.log(`| ${how} | ${clusters} | ${task} | ${seconds.toFixed(1)} | ${memory} |`)
}

const tasks = ['first apply', 'apply again', 'cleanup'] as const

const fleet = async (urls: ReadonlyArray<string>): Promise<ReadonlyArray<Row>> => {
  const child = node([script('fleet-once.ts'), `${policies}`])
  child.stdin?.end(JSON.stringify(urls))
  const rows: Array<Row> = []
  for await (const line of lines(child)) {
    const row = {
      how: 'runFleet',
      clusters: urls.length,
      task: tasks[rows.length] ?? '',
      ...JSON.parse(line),
    }
    show(row)
    rows.push(row)
  }
  return rows
}

const loop = async (
  urls: ReadonlyArray<string>,
  folder: string,
  clusters: number,
): Promise<ReadonlyArray<Row>> => {
  const input = join(folder, 'policies.yaml')
  writeFileSync(input, toYaml(...globalPolicies(policies)))
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({ owner: 'bench', kinds: ['GlobalNetworkPolicy'] }),
  )
  const rows: Array<Row> = []
  const peaks = join(folder, 'peaks')
  for (const task of tasks) {
    const start = performance.now()
    const tell = ticker(`loop, ${task}`, urls.length)
    for (const [index, url] of urls.entries()) {
      tell(index)
      const kubeconfig = join(folder, 'kubeconfig')
      writeFileSync(kubeconfig, servedConfig(url).exportConfig(), { mode: 0o600 })
      const given = task === 'cleanup' ? ['cleanup'] : ['apply', input]
      const options = [
        '--kubeconfig',
        kubeconfig,
        '--transport',
        'api',
        '--settings',
        join(folder, 'settings.json'),
      ]
      const peak = ['--import', script('peak.mjs')]
      await must(process.execPath, [...peak, command, ...given, ...options, '--yes'], {
        env: { ...process.env, PEAK_FILE: peaks },
      })
    }
    const seconds = ((performance.now() - start) / 1000 / urls.length) * clusters
    const peakMiB = Math.max(...readFileSync(peaks, 'utf8').trim().split('\n').map(Number))
    const row = { how: `loop, reckoned from ${urls.length} clusters`, clusters, task, seconds, peakMiB }
    show(row)
    rows.push(row)
  }
  return rows
}

const folder = mkdtempSync(join(tmpdir(), 'bench-fleet-'))
const begun = performance.now()
try {
  console.log(`${policies} policies on each cluster; load before: ${loadavg()[0]?.toFixed(1)}`)
  console.log('\n|  | clusters | task | seconds | peak memory, MiB |\n| --- | --: | --- | --: | --: |')
  const measured: Array<ReadonlyArray<Row>> = []
  for (const size of sizes) {
    const servers = node([script('fleet-servers.ts'), `${size}`], 12_000)
    const [first = '[]'] = [(await lines(servers).next()).value]
    const urls: ReadonlyArray<string> = JSON.parse(first ?? '[]')
    const rows = await fleet(urls)
    measured.push(rows)
    if (size === sizes.at(-1)) {
      const looping = await loop(urls.slice(0, looped), folder, size)
      const ratios = tasks.map((task, index) => {
        const [one, other] = [rows[index]?.seconds, looping[index]?.seconds]
        return `${task} ${((other ?? 0) / (one ?? 1)).toFixed(1)}`
      })
      console.log(`\n- × a loop over the command: ${ratios.join(', ')} (to reach: 10 for apply again)`)
    }
    servers.stdin?.end()
  }
  const [least, most] = [measured[0] ?? [], measured.at(-1) ?? []]
  const growth = tasks.map((task, index) => {
    const [one, other] = [least[index], most[index]]
    return `${task} ${((other?.seconds ?? 0) / (one?.seconds ?? 1)).toFixed(1)}`
  })
  const minutes = (performance.now() - begun) / 60_000
  console.log(`- all of it took ${minutes.toFixed(1)} minutes; load after: ${loadavg()[0]?.toFixed(1)}`)
  console.log(`- ${sizes.at(-1)} clusters take × ${sizes[0]}: ${growth.join(', ')}`)
} finally {
  rmSync(folder, { recursive: true })
}
