/**
 * What a compiled world costs: a verdict under 100 and 1,000 policies, whole clusters, a change, and a million flows. Each large
 * world has a process of its own, so that its memory is its own. With `BASE=<a checkout of an older commit, built>` that one's
 * engine is asked the same in the same run, as far as it can be; with `PEER=1` network-config-analyzer as well, which needs Python.
 * Both are what was built, as users run it: what runs TypeScript as it stands puts a call around every closure.
 *
 *     npm run build && npx tsx test/bench/compiled.ts [--json | --markdown] [--quick]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stringify } from 'yaml'
import { orThrow } from '../../src/error.js'
import type { Resource } from '../../src/model/resource.js'
import type { Flow } from '../../src/policy/world/flow.js'
import { kubernetesCluster, nameOf, podsOf, resourcesOf } from './cluster.js'
import { type Contender, race, times } from './measure.js'
import { analyzer } from './network-config-analyzer.js'
import { quick, report } from './report.js'

/** The engine of an older commit, where it is named. */
interface Older {
  readonly verdict: (resources: ReadonlyArray<Resource>, flow: Flow) => unknown
  readonly connectivity: (resources: ReadonlyArray<Resource>, all: object) => unknown
}
const base = process.env.BASE
const builtIn = (checkout: string) => import(pathToFileURL(join(checkout, 'dist/policy/index.js')).href)
const older: Older | undefined = base === undefined ? undefined : await builtIn(base)
const { compile, verdict }: typeof import('../../src/policy/index.js') = await builtIn('.')

const shape = { namespaces: 40, hasEnv: true }
const pods = podsOf(1_000, shape)
const named = Object.fromEntries(pods.map((pod) => [nameOf(pod), pod]))
const some = quick ? 1_000 : 20_000
const pairAt = (i: number) => [pods[i % 1_000] ?? pods[0], pods[(i * 31) % 1_000] ?? pods[0]] as const
const packet = { protocol: 'TCP', port: 443, sourcePort: 40_000 } as const

const compiledVerdicts = (count: number): Contender => {
  const world = orThrow(compile({ resources: resourcesOf(count), pods }))
  const flows = Array.from({ length: some }, (_, i) => {
    const [from, to] = pairAt(i)
    return { from: from ? nameOf(from) : '', to: to ? nameOf(to) : '', ...packet }
  })
  return {
    name: `a verdict of a compiled world, ${count} policies`,
    run: () => {
      for (const flow of flows) world.verdict(flow)
    },
  }
}

const few = 200
const asked = (ask: Older['verdict'], resourcesAt: () => ReadonlyArray<Resource>) => (): void => {
  for (let i = 0; i < few; i++) {
    const [from, to] = pairAt(i)
    if (from && to) ask(resourcesAt(), { from, to, ...packet })
  }
}
const short = (name: string, ask: Older['verdict'], count: number): Contender => {
  const resources = resourcesOf(count)
  return { name: `${name}, ${count} policies`, run: asked(ask, () => resources) }
}
/** The same policies, made anew for each question. */
const shortOfCopies = (name: string, ask: Older['verdict']): Contender => {
  const resources = resourcesOf(4)
  return {
    name: `${name}, 4 policies, copied each time`,
    run: asked(ask, () => resources.map((it) => ({ ...it }))),
  }
}
/** Of policies that say what nobody has asked about before, nothing can be remembered. */
const shortOfNew = (name: string, ask: Older['verdict']): Contender => {
  const resources = resourcesOf(4)
  let order = 0
  const fresh = () => resources.map((it) => ({ ...it, spec: { ...it.spec, order: order++ } }) as Resource)
  return { name: `${name}, 4 policies that differ each time`, run: asked(ask, fresh) }
}

const verdicts = race(some, [compiledVerdicts(100), compiledVerdicts(1_000)], { rounds: 15, warmup: 5 })
const shorts = race(
  few,
  [
    short('verdict, the short form', verdict, 4),
    short('verdict, the short form', verdict, 100),
    shortOfCopies('verdict, the short form', verdict),
    shortOfNew('verdict, the short form', verdict),
    ...(older === undefined
      ? []
      : [
          short('the same, of the older commit', older.verdict, 4),
          short('the same, of the older commit', older.verdict, 100),
          shortOfCopies('the same, of the older commit', older.verdict),
          shortOfNew('the same, of the older commit', older.verdict),
        ]),
  ],
  { rounds: 15, warmup: 15 },
)
const micros = (perSecond = Number.NaN): number => 1e6 / perSecond
report({
  row: 'a verdict: flows per second',
  figures: [...verdicts, ...shorts],
  targets: [
    { what: 'µs, of 100 policies, at most', reach: 2, here: micros(verdicts[0]?.perSecond) },
    { what: 'µs, of 1,000 policies, at most', reach: 4, here: micros(verdicts[1]?.perSecond) },
    ...(older === undefined
      ? []
      : [
          {
            what: '× the older commit, short form, 4 policies',
            reach: 1,
            here: micros(shorts[4]?.perSecond) / micros(shorts[0]?.perSecond),
          },
          {
            what: '× the older commit, short form, 4 policies, copied each time',
            reach: 1,
            here: micros(shorts[6]?.perSecond) / micros(shorts[2]?.perSecond),
          },
          {
            what: '× the older commit, short form, 4 policies that differ each time',
            reach: 1,
            here: micros(shorts[7]?.perSecond) / micros(shorts[3]?.perSecond),
          },
          {
            what: '× the older commit, compiled, 100 policies',
            reach: 500,
            here: micros(shorts[5]?.perSecond) / micros(verdicts[0]?.perSecond),
          },
        ]),
  ],
})

const hundred = resourcesOf(100)
const byClasses = (): void => {
  const whole = orThrow(compile({ resources: hundred, pods })).connectivity()
  for (const _ of whole.connections());
}
const maps = race(
  1_000_000,
  [
    { name: 'by classes, compiled anew', run: byClasses },
    ...(older === undefined
      ? []
      : [{ name: 'pair by pair, of the older commit', run: () => older.connectivity(hundred, named) }]),
  ],
  { rounds: 15, warmup: 15 },
)
report({
  row: 'connectivity of 1,000 pods under 100 policies: pairs per second',
  figures: maps,
  targets:
    older === undefined ? [] : [{ what: '× the older commit', reach: 30, here: times(maps, 'pair by pair') }],
})

/** A process of its own: what it says of itself. */
const inProcess = (args: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
}
const large = (work: string) => inProcess(['--import', 'tsx', 'test/bench/large-worlds.ts', work])

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  const write = (pod: number, policy: number, name: string): string => {
    const { namespaces, pods: those, policies } = kubernetesCluster(pod, policy)
    const file = join(folder, name)
    writeFileSync(file, [...namespaces, ...those, ...policies].map((it) => stringify(it)).join('---\n'))
    return file
  }
  const whole = inProcess([
    '--input-type=module',
    '-e',
    `import { readFileSync } from 'node:fs'
     const { compile, printClasses } = await import('${pathToFileURL('dist/policy/index.js').href}')
     const { right } = compile({ resources: readFileSync('${write(1_000, 300, 'cluster.yaml')}', 'utf8') })
     const text = printClasses(right.connectivity(), 'csv')
     const { user, system } = process.cpuUsage()
     console.log(JSON.stringify({ ms: (user + system) / 1e3, length: text.length, mebibytes: Math.round(process.resourceUsage().maxRSS / 1024) }))`,
  ])
  const [many, compiling, replay] = ['connectivity', 'compiling', 'replay'].map(large)
  const wall = (name: string, ms = Number.NaN) => ({ name, ms, spread: [ms, ms] as const })
  const peer = process.env.PEER === undefined ? undefined : analyzer(kubernetesCluster(300, 100), folder)
  report({
    row: 'whole clusters (processor time)',
    figures: [
      wall('1,000 pods, 300 Kubernetes policies: process, YAML, connectivity', whole.ms),
      wall('10,000 pods, 1,000 policies: compiled, connectivity by classes', many?.ms),
      wall('10,000 policies, 100,000 pods: compiled', compiling?.ms),
      wall('the same: all pods in their classes', compiling?.classMs),
      wall('the same: a policy more', compiling?.policyMs),
      wall('the same: a pod more', compiling?.podMs),
      wall('the same: a policy more, and a verdict', compiling?.askedMs),
      wall('1,000,000 flows, 1,000 policies', replay?.ms),
      ...(peer === undefined ? [] : [wall(`${peer.name}: 300 pods, 100 policies`, peer.ms)]),
    ],
    targets: [
      { what: 'seconds, whole process, at most', reach: 1, here: (whole.ms ?? Number.NaN) / 1e3 },
      { what: 'MiB, whole process, at most', reach: 150, here: whole.mebibytes ?? Number.NaN },
      {
        what: `seconds, connectivity of ${many?.classes} classes, at most`,
        reach: 3,
        here: (many?.ms ?? Number.NaN) / 1e3,
      },
      { what: 'MiB, the same, at most', reach: 500, here: many?.mebibytes ?? Number.NaN },
      {
        what: 'seconds, compile 10,000 policies and 100,000 pods, at most',
        reach: 3,
        here: (compiling?.ms ?? Number.NaN) / 1e3,
      },
      { what: 'MiB, the same, at most', reach: 1_024, here: compiling?.mebibytes ?? Number.NaN },
      { what: 'ms, a change of a policy, at most', reach: 5, here: compiling?.policyMs ?? Number.NaN },
      { what: 'ms, a change of a pod, at most', reach: 5, here: compiling?.podMs ?? Number.NaN },
      { what: 'seconds, a million flows, at most', reach: 5, here: (replay?.ms ?? Number.NaN) / 1e3 },
    ],
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
