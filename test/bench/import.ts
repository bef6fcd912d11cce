/**
 * What it costs to import the built entries, and a whole process that builds and prints 1,000 policies, beside peers.
 *
 *     npm run build && npx tsx test/bench/import.ts [--json | --markdown] [--quick]
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { quick, report, type Wall } from './report.js'

const rounds = quick ? 5 : 15
const at = (path: string): string => `await import('${pathToFileURL(path).href}')`
const peer = (path: string): string =>
  `await import('${new URL(path, new URL('./node_modules/', import.meta.url)).href}')`
const ours = at('dist/index.js')

// A literal and our builder's arguments say the same: a policy with two rules in each direction.
const make = `const make=(i)=>({apiVersion:'projectcalico.org/v3',kind:'NetworkPolicy',metadata:{name:'p-'+i,namespace:'shop'},spec:{order:i,selector:"app == 'x"+i+"'",types:['Ingress','Egress'],ingress:[{action:'Allow',protocol:'TCP',source:{selector:"role == 'web'"},destination:{ports:[8080,'9000:9010']}},{action:'Deny',source:{nets:['10.0.0.0/8']}}],egress:[{action:'Allow',protocol:'UDP',destination:{selector:"k8s-app == 'kube-dns'",ports:[53]}},{action:'Deny',destination:{nets:['169.254.169.254/32']}}]}});`
const literals = (count: number): string => `${make}const all=Array.from({length:${count}},(_,i)=>make(i));`
const write = (text: string): string => `process.stdout.write(${text})`
const built = (count: number): string =>
  `const {networkPolicy,toYaml}=${ours};const all=Array.from({length:${count}},(_,i)=>networkPolicy('p-'+i,'shop').order(i).selector("app == 'x"+i+"'").allowIngress({protocol:'TCP',source:{selector:"role == 'web'"},destination:{ports:[8080,'9000:9010']}}).denyIngress({source:{nets:['10.0.0.0/8']}}).allowEgress({protocol:'UDP',destination:{selector:"k8s-app == 'kube-dns'",ports:[53]}}).denyEgress({destination:{nets:['169.254.169.254/32']}}));${write('toYaml(...all)')}`

type Scripts = Readonly<Record<string, string>>

const imports: Scripts = {
  'an empty process': '',
  'typed-calico, the pure entry': ours,
  'typed-calico/runner': at('dist/runner/index.js'),
  yaml: at('node_modules/yaml/dist/index.js'),
  'io-ts and fp-ts, Either alone': `${at('node_modules/io-ts/lib/index.js')};${at('node_modules/fp-ts/lib/Either.js')}`,
  'cdk8s and constructs': peer('cdk8s/lib/index.js'),
  '@kubernetes/client-node': at('node_modules/@kubernetes/client-node/dist/index.js'),
}

const wholes: Scripts = {
  'typed-calico: builder, toYaml': built(1_000),
  'literals, JSON.stringify': `${literals(1_000)}${write("all.map((it)=>JSON.stringify(it)).join('\\n---\\n')")}`,
  'literals, js-yaml 4': `const {dump}=${peer('js-yaml/dist/js-yaml.mjs')};${literals(1_000)}${write("all.map((it)=>dump(it)).join('---\\n')")}`,
  'literals, yaml': `const {stringify}=${at('node_modules/yaml/dist/index.js')};${literals(1_000)}${write("all.map((it)=>stringify(it)).join('---\\n')")}`,
  'cdk8s: App, Chart, ApiObject': `const {App,Chart,ApiObject}=${peer('cdk8s/lib/index.js')};${literals(1_000)}const app=new App();const chart=new Chart(app,'c');all.forEach((it)=>new ApiObject(chart,it.metadata.name,it));${write('app.synthYaml()')}`,
}

/** By the clock, as a person waits: milliseconds. */
const once = (script: string): number => {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 1e9,
  })
  if (status !== 0) throw new Error(`${stderr}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

const race = (scripts: Scripts, rounds: number): ReadonlyArray<Wall> => {
  const names = Object.keys(scripts)
  const times = Array.from({ length: rounds }, () => names.map((name) => once(scripts[name] ?? '')))
  return names.map((name, index) => {
    const sorted = times.map((round) => round[index] ?? Number.NaN).sort((a, b) => a - b)
    const of = (place: number): number => sorted.at(place) ?? Number.NaN
    return { name, ms: of(rounds >> 1), spread: [of(0), of(-1)] }
  })
}

const ms = (figures: ReadonlyArray<Wall>, index: number): number => figures[index]?.ms ?? Number.NaN

if (!existsSync('dist/index.js')) throw new Error('build first: npm run build')

const importing = race(imports, rounds)
report({
  row: 'import the pure entry (whole process, by the clock)',
  figures: importing,
  targets: [
    {
      what: 'ms more than an empty process, at most',
      reach: 45,
      here: ms(importing, 1) - ms(importing, 0),
    },
  ],
})

const whole = race(wholes, rounds)
const sizes = [1_000, 10_000, 100_000]
const bySize = race(Object.fromEntries(sizes.map((items) => [items, built(items)])), 3)
report({
  row: 'whole process: import, build 1,000, print (by the clock)',
  figures: whole,
  // Without the import, which is the same for each.
  growth: sizes.map((items, index) => ({
    items,
    micros: ((ms(bySize, index) - ms(importing, 1)) * 1e3) / items,
  })),
  targets: [
    { what: 'times what literals and JSON take, at most', reach: 1.6, here: ms(whole, 0) / ms(whole, 1) },
  ],
})
