/**
 * How long the compiler takes for a file of 200 policies, beside an empty file with the same imports and one without
 * any: processor time of the compiler, in a process of its own each time. To reach: under 3 s more than empty.
 *
 * It reads the built declarations, as a user's compiler does.
 *
 *     npm run build && npx tsx test/bench/types.ts [--json | --markdown] [--quick]
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile, complaints } from '../types/compile.js'
import { quick, report } from './report.js'

const imports = `
import { and, egress, eq, globalNetworkPolicy, has, ingress, isIn, label, networkPolicy, not, notIn } from 'typed-calico'
const role = label<'web' | 'api' | 'db' | 'cache'>('role')
const namespace = label('projectcalico.org/name')
export const used = { and, egress, eq, globalNetworkPolicy, has, ingress, isIn, networkPolicy, not, notIn, role, namespace }
`

const policy = (i: number): string => `
export const policy${i} = networkPolicy('api-${i}', 'shop-${i % 40}')
  .labels({ app: 'api', team: 'team-${i % 7}' })
  .order(${100 + i})
  .selector(and(eq(role, 'api'), not(has('quarantined'))))
  .allowIngress({
    protocol: 'TCP',
    source: { selector: isIn(role, ['web', 'cache']), namespaceSelector: eq(namespace, 'shop-${i % 40}') },
    destination: { ports: [${8000 + i}, '9000:9010'] },
  })
  .denyIngress({ protocol: 'UDP', source: { nets: ['10.${i}.0.0/16'], notNets: ['10.${i}.1.0/24'] } })
  .allowEgress({ protocol: 'TCP', destination: { selector: eq(role, 'db'), ports: [5432] } })
  .egress(...['a', 'b'].map((zone) => egress.log({ protocol: 'SCTP', destination: { selector: eq('zone', zone) } })))
`

const globalPolicy = (i: number): string => `
export const policy${i} = globalNetworkPolicy('guard-${i}')
  .order(${i})
  .namespaceSelector(and(has(namespace), notIn(namespace, ['kube-system', 'calico-system'])))
  .types('Ingress', 'Egress')
  .ingress(ingress.allow({ protocol: 'ICMP', icmp: { type: 8 } }), ingress.deny())
  .allowEgress({ destination: { services: { name: 'kube-dns', namespace: 'kube-system' } } })
  .allowEgress({ protocol: 'UDP', destination: { selector: eq('k8s-app', 'kube-dns'), ports: [53] } })
  .denyEgress({ destination: { nets: ['169.254.169.254/32'] } })
  .when(${i % 2 === 0}, (built) => built.applyOnForward().doNotTrack())
`

const texts: Readonly<Record<string, string>> = {
  'an empty file': 'export {}\n',
  'imports alone': imports,
  '200 policies':
    imports + Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? policy(i) : globalPolicy(i))).join(''),
}

const self = fileURLToPath(import.meta.url)
const library = 'dist/index.d.ts'

/** In a process of its own, as the compiler keeps what it has read: milliseconds of processor time. */
const measured = (name: string): number => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', self, name], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

const measure = (text: string): void => {
  const start = process.cpuUsage()
  const [wrong] = complaints(compile({ 'bench.ts': text }, { library }), 'bench.ts')
  if (wrong !== undefined) throw new Error(wrong.message)
  const { user, system } = process.cpuUsage(start)
  console.log(Math.round((user + system) / 1000))
}

const race = (rounds: number): void => {
  const names = Object.keys(texts)
  const times = Array.from({ length: rounds }, () => names.map(measured))
  const figures = names.map((name, index) => {
    const sorted = times.map((round) => round[index] ?? Number.NaN).sort((a, b) => a - b)
    const at = (index: number): number => sorted.at(index) ?? Number.NaN
    return { name, ms: at(rounds >> 1), spread: [at(0), at(-1)] as const }
  })
  const [empty, , full] = figures
  report({
    row: 'type-check 200 policies (processor time)',
    figures,
    targets: [
      {
        what: 'seconds more than an empty file, at most',
        reach: 3,
        here: ((full?.ms ?? Number.NaN) - (empty?.ms ?? Number.NaN)) / 1000,
      },
    ],
  })
}

if (!existsSync(library)) throw new Error('build first: npm run build')
const text = texts[process.argv[2] ?? '']
if (text === undefined) race(quick ? 3 : 7)
else measure(text)
