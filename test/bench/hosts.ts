/**
 * What nodes let through: a verdict of a host beside one of a pod under policies alike, and 1,000 nodes with automatic host
 * endpoints and 200 policies for them, compiled and asked a first flow.
 *
 *     npx tsx test/bench/hosts.ts [--json | --markdown] [--quick]
 */
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { orThrow } from '../../src/error.js'
import { compile } from '../../src/policy/compile.js'
import type { PeerFlow } from '../../src/policy/compiled-world.js'
import { race } from './measure.js'
import { report } from './report.js'

const count = 1000
const policies = 200

const nodes = Array.from({ length: count }, (_, i) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `n${i}`, labels: { zone: `z${i % 10}` } },
  status: { addresses: [{ type: 'InternalIP', address: `172.16.${i >> 8}.${i & 255}` }] },
}))
const pods = Array.from({ length: count }, (_, i) => ({
  _tag: 'Workload',
  namespace: 'shop',
  name: `p${i}`,
  labels: { zone: `z${i % 10}` },
  namespaceLabels: {},
  serviceAccount: '',
  namedPorts: [],
  ip: `10.0.${i >> 8}.${i & 255}`,
  node: `n${i}`,
}))
const automatic = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'KubeControllersConfiguration',
  metadata: { name: 'default' },
  spec: { controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } } },
}

/** The same rules for a tenth of all hosts, or of all pods. */
const rulesOf = (i: number) =>
  [
    { protocol: 'TCP', source: { nets: [`198.51.${i}.0/24`] }, destination: { ports: [8000 + i] } },
    { protocol: 'TCP', destination: { ports: [9000 + i] } },
  ] as const
const forHosts = Array.from({ length: policies }, (_, i) => {
  const [allowed, denied] = rulesOf(i)
  return globalNetworkPolicy(`h${i}`)
    .order(i)
    .selector(`zone == 'z${i % 10}'`)
    .allowIngress(allowed)
    .denyIngress(denied)
})
const forPods = Array.from({ length: policies }, (_, i) => {
  const [allowed, denied] = rulesOf(i)
  return networkPolicy(`p${i}`, 'shop')
    .order(i)
    .selector(`zone == 'z${i % 10}'`)
    .allowIngress(allowed)
    .denyIngress(denied)
})

const flowTo = (to: string, i: number): PeerFlow => ({
  from: `198.51.${i % policies}.4`,
  to,
  protocol: 'TCP',
  port: 8000 + (i % 20),
  sourcePort: 40000,
})
const toHosts = nodes.map(({ metadata }, i) => flowTo(`node:${metadata.name}`, i))
const toPods = pods.map(({ name }, i) => flowTo(`shop/${name}`, i))

const compileHosts = () => orThrow(compile({ resources: [automatic, ...forHosts], nodes }))
const hosts = compileHosts()
const onlyPods = orThrow(compile({ resources: forPods, pods }))
const first = (): void => {
  compileHosts().verdict(toHosts[0] ?? flowTo('node:n0', 0))
}

const sizes = { rounds: 5, warmup: 1 }
const times = 20
const ask = (world: typeof hosts, flows: ReadonlyArray<PeerFlow>) => (): void => {
  for (let i = 0; i < times; i++) for (const flow of flows) world.verdict(flow)
}
const verdicts = race(
  count * times,
  [
    { name: 'verdict of a pod', run: ask(onlyPods, toPods) },
    { name: 'verdict of a host', run: ask(hosts, toHosts) },
  ],
  sizes,
)
const compiled = race(1, [{ name: '1,000 nodes compiled, and a first verdict', run: first }], sizes)
const speedOf = (figures: typeof verdicts, i: number): number => figures[i]?.perSecond ?? Number.NaN

report({
  row: 'hosts: 1,000 nodes with automatic endpoints, 200 policies for them',
  figures: [...verdicts, ...compiled],
  targets: [
    {
      what: 'times a pod, a verdict of a host, at most',
      reach: 2,
      here: speedOf(verdicts, 0) / speedOf(verdicts, 1),
    },
    { what: 'seconds to compile, at most', reach: 1, here: 1 / speedOf(compiled, 0) },
  ],
})
