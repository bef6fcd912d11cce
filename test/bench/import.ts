/**
 * What it costs to import the built entries, and a whole process that builds and prints 1,000 policies, beside peers.
 *
 *     npm run build && npx tsx test/bench/import.ts [--json]
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const rounds = 15
const at = (path: string): string => pathToFileURL(path).href
const peers = new URL('./node_modules/', import.meta.url)

const generate = `const make=(i)=>({apiVersion:'projectcalico.org/v3',kind:'NetworkPolicy',metadata:{name:'p-'+i,namespace:'shop'},spec:{order:i,selector:"app == 'x"+i+"'",types:['Ingress','Egress'],ingress:[{action:'Allow',protocol:'TCP',source:{selector:"role == 'web'"},destination:{ports:[8080,'9000:9010']}},{action:'Deny',source:{nets:['10.0.0.0/8']}}],egress:[{action:'Allow',protocol:'UDP',destination:{selector:"k8s-app == 'kube-dns'",ports:[53]}},{action:'Deny',destination:{nets:['169.254.169.254/32']}}]}});`
const literals = `${generate}const all=Array.from({length:1000},(_,i)=>make(i));`
const build = `const all=Array.from({length:1000},(_,i)=>networkPolicy('p-'+i,'shop').order(i).selector("app == 'x"+i+"'").allowIngress({protocol:'TCP',source:{selector:"role == 'web'"},destination:{ports:[8080,'9000:9010']}}).denyIngress({source:{nets:['10.0.0.0/8']}}).allowEgress({protocol:'UDP',destination:{selector:"k8s-app == 'kube-dns'",ports:[53]}}).denyEgress({destination:{nets:['169.254.169.254/32']}}));`

const scripts: Readonly<Record<string, string>> = {
  'empty process': '',
  'import typed-calico': `await import('${at('dist/index.js')}')`,
  'import typed-calico/runner': `await import('${at('dist/runner/index.js')}')`,
  'import @kubernetes/client-node': `await import('${at('node_modules/@kubernetes/client-node/dist/index.js')}')`,
  'import yaml': `await import('${at('node_modules/yaml/dist/index.js')}')`,
  '1,000 literals, JSON.stringify': `${literals}process.stdout.write(all.map((it)=>JSON.stringify(it)).join('\\n---\\n'))`,
  '1,000 by the builder, toYaml': `const {networkPolicy,toYaml}=await import('${at('dist/index.js')}');${build}process.stdout.write(toYaml(...all))`,
  '1,000 literals, js-yaml': `const {dump}=await import('${new URL('js-yaml/dist/js-yaml.mjs', peers).href}');${literals}process.stdout.write(all.map((it)=>dump(it)).join('---\\n'))`,
}

const once = (script: string): number => {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 1e8,
  })
  if (status !== 0) throw new Error(`${stderr}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

const median = (times: ReadonlyArray<number>): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

if (!existsSync('dist/index.js')) throw new Error('build first: npm run build')
const times = new Map(Object.keys(scripts).map((name) => [name, [] as number[]]))
for (let round = 0; round < rounds; round++) {
  for (const [name, script] of Object.entries(scripts)) times.get(name)?.push(once(script))
}
const empty = median(times.get('empty process') ?? [])
const rows = [...times].map(([name, all]) => ({
  name,
  ms: Math.round(median(all)),
  min: Math.round(Math.min(...all)),
  overEmpty: Math.round(median(all) - empty),
}))
if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
else console.table(rows)
