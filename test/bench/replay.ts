/**
 * A million recorded flows between 1,000 pods, replayed against 1,000 policies and against them without one; and the reading of
 * 100,000 records of Goldmane.
 *
 *     npx tsx test/bench/replay.ts [--json | --markdown] [--quick]
 */
import { orThrow } from '../../src/error.js'
import { decode } from '../../src/model/resource.js'
import { compile } from '../../src/policy/compile.js'
import { readFlows } from '../../src/policy/flows/read-flows.js'
import type { RecordedFlow, RecordedPeer } from '../../src/policy/flows/recorded-flow.js'
import { replay } from '../../src/policy/flows/replay.js'
import { race } from './measure.js'
import { report } from './report.js'
import { policies, words } from './work.js'

const count = 1_000_000
const fewer = 100_000
/** A workload talks to so many others. */
const partners = 20
const roles = [...words, 'legacy']
const names = Array.from({ length: 250 }, (_, i) => ({ namespace: `team-${i % 40}`, app: `app-${i}` }))

const pods = names.flatMap(({ namespace, app }, i) =>
  ['aaaaa', 'bbbbb', 'ccccc', 'ddddd'].map((end, j) => ({
    _tag: 'Workload' as const,
    namespace,
    name: `${app}-6b7f9d4c8-${end}`,
    labels: { role: roles[i % roles.length] ?? '', env: i % 3 === 0 ? 'prod' : 'test' },
    serviceAccount: '',
    namedPorts: [],
    ip: `10.${i % 250}.${j}.7`,
  })),
)
const peer = (i: number): RecordedPeer => {
  const { namespace, app } = names[i % names.length] ?? { namespace: '', app: '' }
  return { _tag: 'Pods', namespace, name: `${app}-6b7f9d4c8-*` }
}
const flow = (i: number): RecordedFlow => ({
  from: peer(i),
  to: i % 10 === 0 ? { _tag: 'Anywhere', of: 'public' } : peer(i * 3 + ((i >> 8) % partners)),
  protocol: 'TCP',
  port: [443, 8080, 5432][i % 3] ?? 443,
  verdict: 'allowed',
  reporter: i % 2 === 0 ? 'source' : 'destination',
  count: 1,
})

const resources = policies(1000).map((policy) => orThrow(decode(policy)))
const before = orThrow(compile({ resources, pods }))
const after = orThrow(compile({ resources: resources.slice(1), pods }))
const flows = Array.from({ length: count }, (_, i) => flow(i))

const line = (i: number): string => {
  const { from, to, port } = flow(i * 10 + 1)
  if (from._tag !== 'Pods' || to._tag !== 'Pods') throw new Error('made otherwise')
  return JSON.stringify({
    Key: {
      source_name: from.name,
      source_namespace: from.namespace,
      source_type: 1,
      dest_name: to.name,
      dest_namespace: to.namespace,
      dest_type: 1,
      dest_port: port,
      proto: 'tcp',
      reporter: 1,
      action: 1,
      policies: { enforced_policies: [{ kind: 2, name: 'default', tier: 'default', action: 1 }] },
    },
    start_time: 1_790_000_000,
    end_time: 1_790_000_015,
    source_labels: ['app=web', 'pod-template-hash=6b7f9d4c8'],
    dest_labels: ['app=api', 'pod-template-hash=6b7f9d4c8'],
  })
}
const lines = Array.from({ length: fewer }, (_, i) => line(i))

const figures = [
  ...race(count, [{ name: 'replay, before and after', run: () => replay(flows, before, after) }], {
    rounds: 3,
    warmup: 1,
  }),
  ...race(fewer, [{ name: 'readFlows, records of Goldmane', run: () => readFlows(lines) }], {
    rounds: 3,
    warmup: 1,
  }),
]

report({
  row: 'replay: a million flows, against 1,000 policies',
  figures,
  targets: [
    { what: 'seconds for all, at most', reach: 5, here: count / (figures[0]?.perSecond ?? Number.NaN) },
  ],
})
