/**
 * Parsing and matching ten typical selectors: ours beside Calico's own Go code, one selector after the other.
 *
 *     npx tsx test/bench/selector.ts [--json]
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { orThrow } from '../../src/error.js'
import type { Labels } from '../../src/selector/ast.js'
import { matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { buildOracle } from '../conformance/build-oracle.js'
import { type Figure, print, race } from './measure.js'

const selectors = [
  'all()',
  "app == 'web'",
  'has(env)',
  '!has(quarantine)',
  "app == 'web' && env == 'prod'",
  "role in {'web', 'api', 'db'}",
  "projectcalico.org/namespace == 'shop' && projectcalico.org/orchestrator == 'k8s'",
  "app starts with 'web-' || app ends with '-api'",
  "env not in {'dev', 'test'} && app contains 'shop'",
  "(app == 'web' || app == 'api') && !(has(quarantine) || env == 'dev') && tier != 'x'",
]

const labels: readonly [Labels, Labels, Labels, Labels] = [
  { app: 'web', env: 'prod', 'projectcalico.org/namespace': 'shop', 'projectcalico.org/orchestrator': 'k8s' },
  { app: 'shop-api', role: 'api', env: 'dev', 'pod-template-hash': '5d4f8c7b9' },
  {},
  { app: 'db', quarantine: 'yes', tier: 'x', role: 'cache' },
]

/** Nanoseconds: the median round, and the fastest and the slowest. */
type Nanos = readonly [median: number, fastest: number, slowest: number]

const repeats = 20_000
let sink = 0

const ours = (run: (i: number) => boolean): Nanos => {
  const work = (): void => {
    for (let i = 0; i < repeats; i++) if (run(i)) sink++
  }
  const [figure] = race(repeats, [{ name: 'ours', run: work }], { rounds: 15, warmup: 5 })
  if (figure === undefined) throw new Error('nothing was measured')
  return [1e9 / figure.perSecond, 1e9 / figure.spread[1], 1e9 / figure.spread[0]]
}

const sorted = (rounds: ReadonlyArray<number>): Nanos => {
  const order = [...rounds].sort((a, b) => a - b)
  return [order[order.length >> 1] ?? Number.NaN, order[0] ?? Number.NaN, order.at(-1) ?? Number.NaN]
}

const calicos = async (
  oracle: string,
  folder: string,
  selector: string,
): Promise<Record<'parse' | 'match', Nanos>> => {
  const file = join(folder, 'requests.jsonl')
  await writeFile(
    file,
    labels.map((map) => JSON.stringify({ op: 'match', selector, labels: map })).join('\n'),
  )
  const { stdout } = await promisify(execFile)(oracle, ['bench', file])
  const { parse, match } = JSON.parse(stdout)
  return { parse: sorted(parse), match: sorted(match) }
}

const cell = ([median, fastest, slowest]: Nanos): string =>
  `${median.toFixed(1)} (${fastest.toFixed(1)} to ${slowest.toFixed(1)})`.padStart(29)

const figure = (name: string, nanos: ReadonlyArray<Nanos>): Figure => {
  const rate = (index: 0 | 1 | 2): number =>
    Math.round((1e9 * nanos.length) / nanos.reduce((sum, spread) => sum + spread[index], 0))
  return { name, perSecond: rate(0), spread: [rate(2), rate(1)] }
}

const { binary: oracle } = await buildOracle()
const folder = await mkdtemp(join(tmpdir(), 'typed-calico-bench-'))
const rows: Record<'parse' | 'match', Array<{ readonly ours: Nanos; readonly calico: Nanos }>> = {
  parse: [],
  match: [],
}
for (const selector of selectors) {
  const tree = orThrow(parseSelector(selector))
  const calico = await calicos(oracle, folder, selector)
  rows.parse.push({ ours: ours(() => parseSelector(selector)._tag === 'Right'), calico: calico.parse })
  rows.match.push({
    ours: ours((i) => matches(tree, labels[(i & 3) as 0 | 1 | 2 | 3])),
    calico: calico.match,
  })
}
await rm(folder, { recursive: true })
if (sink === 0) throw new Error('nothing was matched')

for (const row of ['parse', 'match'] as const) {
  if (!process.argv.includes('--json')) {
    console.log(`\n${row}, ns: median (fastest to slowest round)`)
    console.log(`${'ours'.padStart(29)}${"Calico's Go".padStart(29)}  ours / Go`)
    rows[row].forEach(({ ours, calico }, i) => {
      const ratio = (ours[0] / calico[0]).toFixed(2).padStart(9)
      console.log(`${cell(ours)}${cell(calico)}  ${ratio}  ${selectors[i]}`)
    })
  }
  print(`selector ${row}`, [
    figure(
      'typed-calico',
      rows[row].map(({ ours }) => ours),
    ),
    figure(
      "Calico's own, in Go",
      rows[row].map(({ calico }) => calico),
    ),
  ])
}
