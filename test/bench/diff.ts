/**
 * What a change opens among 10,000 pods in 300 workloads under 2,000 policies: read, compiled and compared, as the command's
 * `diff` does it, and the comparison of two compiled worlds alone.
 *
 *     npx tsx test/bench/diff.ts [--json | --markdown] [--quick]
 */
import { orThrow } from '../../src/error.js'
import { compile } from '../../src/policy/compile.js'
import { compareConnectivity } from '../../src/policy/connectivity/compare-connectivity.js'
import { race } from './measure.js'
import { report } from './report.js'

const workloads = 300
const replicas = 33
const appOf = (i: number): string => `app-${((i % workloads) + workloads) % workloads}`
const namespaceOf = (i: number): string => `team-${(((i % workloads) + workloads) % workloads) % 30}`

const pods = Array.from({ length: workloads }, (_, i) =>
  Array.from({ length: replicas }, (_, j) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${appOf(i)}-6b7f9-${j}`, namespace: namespaceOf(i), labels: { app: appOf(i) } },
    spec: { containers: [{ name: 'main' }] },
    status: { podIP: `10.${i >> 8}.${i & 255}.${j + 1}` },
  })),
).flat()

const policy = (i: number, port: number) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name: `p-${i}`, namespace: namespaceOf(i) },
  spec: {
    order: i,
    selector: `app == '${appOf(i)}'`,
    types: ['Ingress'],
    ingress: [
      {
        action: 'Allow',
        protocol: 'TCP',
        source: {
          selector: `app == '${appOf(i * 7 + 1)}'`,
          namespaceSelector: `projectcalico.org/name == '${namespaceOf(i * 7 + 1)}'`,
        },
        destination: { ports: [port] },
      },
      {
        action: 'Allow',
        protocol: 'TCP',
        source: { nets: [`192.0.2.${i & 15}/32`] },
        destination: { ports: [443] },
      },
    ],
  },
})

const resources = Array.from({ length: 2000 }, (_, i) => policy(i, 8000 + (i % 50)))
const changed = resources.map((it, i) => (i === 1000 ? policy(1000, 9999) : it))
const outside = { outside: { _tag: 'Network', nets: ['0.0.0.0/0'] } } as const

const worldOf = (all: ReadonlyArray<object>) => orThrow(compile({ resources: all, pods }))
const whole = (): number =>
  compareConnectivity(worldOf(resources).connectivity(outside), worldOf(changed).connectivity(outside)).length

const found = whole()
if (found < 1) throw new Error('the change changes nothing')

const figures = race(pods.length, [{ name: 'diff, read and compiled anew', run: whole }], {
  rounds: 3,
  warmup: 1,
})

report({
  row: 'diff: 10,000 pods, under 2,000 policies',
  figures,
  targets: [
    { what: 'seconds for all, at most', reach: 5, here: pods.length / (figures[0]?.perSecond ?? Number.NaN) },
  ],
})
