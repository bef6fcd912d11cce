/**
 * Who can talk to whom among 1,000 pods under 100 policies, for all ports: all million pairs of them, and by classes. Beside
 * it, what a single port of a pair costs when `verdict` is asked, and when a compiled world is.
 *
 *     npx tsx test/bench/connectivity.ts [--json | --markdown] [--quick]
 */
import { orThrow } from '../../src/error.js'
import { decode } from '../../src/model/resource.js'
import { compile } from '../../src/policy/compile.js'
import { compareConnectivity } from '../../src/policy/connectivity/compare-connectivity.js'
import { connectivity } from '../../src/policy/connectivity/connectivity.js'
import { verdict } from '../../src/policy/evaluate/verdict.js'
import type { Workload } from '../../src/policy/world/flow.js'
import { race } from './measure.js'
import { report } from './report.js'
import { policies, words } from './work.js'

const pods = 1000
const pairs = pods * pods
const roles = [...words, 'legacy']
const envs = ['prod', 'stage', 'test']

const pod = (i: number): Workload => ({
  _tag: 'Workload',
  namespace: `team-${i % 40}`,
  namespaceLabels: { team: i % 40 < 30 ? 'core' : 'edge', env: i % 40 < 20 ? 'prod' : 'test' },
  labels: {
    role: roles[i % roles.length] ?? '',
    env: envs[(i >> 2) % envs.length] ?? '',
    'pod-template-hash': `${i}`,
  },
  ip: `10.${i % 250}.${(i * 7) % 250}.${i % 256}`,
})

const all = Object.fromEntries(Array.from({ length: pods }, (_, i) => [`pod-${i}`, pod(i)]))
const resources = policies(100).map((policy) => orThrow(decode(policy)))
const fewer = resources.slice(1)

const some = 1000
const askVerdict = (): void => {
  for (let i = 0; i < some; i++)
    verdict(resources, { from: pod(i), to: pod(i * 31), protocol: 'TCP', port: 8080 })
}

const named = Array.from({ length: pods }, (_, i) => ({
  ...pod(i),
  name: `pod-${i}`,
  serviceAccount: '',
  namedPorts: [],
}))
const compiled = orThrow(compile({ resources, pods: named }))
const flows = Array.from({ length: some }, (_, i) => {
  const [from, to] = [i % pods, (i * 31) % pods]
  return {
    from: `team-${from % 40}/pod-${from}`,
    to: `team-${to % 40}/pod-${to}`,
    protocol: 'TCP' as const,
    port: 8080,
    sourcePort: 40000,
  }
})
const askCompiled = (): void => {
  for (const flow of flows) compiled.verdict(flow)
}
const byClasses = (): number => {
  const { connections } = orThrow(compile({ resources, pods: named })).connectivity()
  let count = 0
  for (const _ of connections()) count++
  return count
}

const before = connectivity(resources, all)
const after = connectivity(fewer, all)
const sizes = { rounds: 5, warmup: 1 }
const figures = [
  ...race(
    pairs,
    [
      { name: 'connectivity, all ports of a pair', run: () => connectivity(resources, all) },
      { name: 'connectivity by classes, compiled anew', run: byClasses },
      { name: 'compareConnectivity, without one policy', run: () => compareConnectivity(before, after) },
    ],
    sizes,
  ),
  ...race(
    some,
    [
      { name: 'verdict of a compiled world', run: askCompiled },
      { name: 'verdict, one port of a pair', run: askVerdict },
    ],
    sizes,
  ),
]

report({
  row: 'connectivity: pairs of 1,000 pods, under 100 policies',
  figures,
  targets: [
    { what: 'seconds for all, at most', reach: 5, here: pairs / (figures[0]?.perSecond ?? Number.NaN) },
  ],
})
