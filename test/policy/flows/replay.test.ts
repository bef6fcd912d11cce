import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkSet, networkPolicy, orThrow } from '../../../src/index.js'
import {
  compile,
  printReplay,
  type RecordedFlow,
  type RecordedPeer,
  readFlows,
  replay,
} from '../../../src/policy/index.js'
import { goldmane, hubble, vpc } from './logs.js'

const replays = suite('replay')

const pod = (name: string, ip: string) =>
  ({
    _tag: 'Workload',
    namespace: 'shop',
    name,
    labels: { app: name.split('-')[0] ?? '' },
    serviceAccount: '',
    ip,
  }) as const

const pods = [
  pod('web-6b7f9d4c8-aaaaa', '10.0.0.1'),
  pod('web-6b7f9d4c8-bbbbb', '10.0.0.2'),
  pod('api-5c6d7e8f9-ccccc', '10.0.0.3'),
]
const api = networkPolicy('api', 'shop').selector("app == 'api'")
const open = orThrow(compile({ pods, resources: [globalNetworkSet('partners').nets('192.0.2.0/24')] }))
const narrow = orThrow(
  open.with({
    put: [
      api.allowIngress({
        protocol: 'TCP',
        source: { selector: "app == 'web'" },
        destination: { ports: [8080] },
      }),
    ],
  }),
)

const log = (...lines: ReadonlyArray<string>) => orThrow(readFlows(lines.join('\n'))).flows
const web = 'shop/web-6b7f9d4c8-*'
const toApi = 'shop/api-5c6d7e8f9-*'

replays('counts the records whose fate changes, and names what decides', () => {
  const flows = log(
    goldmane([web, toApi]),
    goldmane([web, toApi]),
    goldmane([web, toApi], { dest_port: 9090 }),
    goldmane(['pub', toApi], { reporter: 2 }),
  )
  const { records, changes, differ, after } = replay(flows, open, narrow)
  assert.equal([records, differ, after], [4, [], { allowed: 2, denied: 2, unknown: 0 }])
  assert.equal(
    changes.map(({ flow, before, after: is, by }) => [
      flow.port,
      flow.count,
      before,
      is,
      by?.direction,
      by?.policy,
    ]),
    [
      [9090, 1, 'allowed', 'denied', 'Ingress', undefined],
      [8080, 1, 'allowed', 'denied', 'Ingress', undefined],
    ],
  )
})

replays('puts first what was recorded otherwise than the policies say', () => {
  const replayed = replay(
    log(goldmane([web, toApi], { action: 2, reporter: 2 }), goldmane(['pub', toApi], { reporter: 2 })),
    narrow,
  )
  assert.equal(replayed.differ.length, 2)
  assert.is(
    printReplay(replayed),
    [
      'Recorded differently from what the policies say: the world has changed since, or this is a bug',
      '  1 × shop/web-6b7f9d4c8-* → shop/api-5c6d7e8f9-*: TCP 8080: recorded as denied at its destination, but the policies say allowed, by NetworkPolicy(shop/api), ingress rule 0',
      '  1 × a public address → shop/api-5c6d7e8f9-*: TCP 8080: recorded as allowed at its destination, but the policies say denied, by the end of tier "default"',
      '2 records: 1 allowed, 1 denied, 0 not known',
    ].join('\n'),
  )
})

replays('takes what the source let out for no more than that', () => {
  const out = goldmane([web, toApi], { dest_port: 9090, reporter: 1 })
  assert.equal(replay(log(out), narrow).differ, [])
  assert.is(replay(log(out.replace('"action":1', '"action":2')), narrow).differ.length, 1)
})

replays('finds pods by address, by workload, and by the beginning of their names', () => {
  const flows = log(vpc('10.0.0.1', '10.0.0.3', { port: 9090 }))
  assert.equal(
    replay(flows, open, narrow).changes.map(({ after }) => after),
    ['denied'],
  )
  const workloads = ['web', 'api'].map((app) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app, namespace: 'shop' },
    spec: { template: { metadata: { labels: { app } }, spec: {} } },
  }))
  const written = orThrow(compile({ resources: [...workloads, api] }))
  for (const line of [goldmane([web, toApi], { action: 2 }), hubble()])
    assert.equal(replay(log(line), written).after, { allowed: 0, denied: 1, unknown: 0 })
})

replays('leaves out what is between no pods and no nodes', () => {
  const { notAsked, after } = replay(log(vpc('203.0.113.1', '198.51.100.1')), open)
  assert.equal([notAsked, after], [1, { allowed: 0, denied: 0, unknown: 0 }])
})

const partners: RecordedPeer = { _tag: 'NetworkSet', name: 'partners' }
const end = (name: string): RecordedPeer => ({ _tag: 'Pods', namespace: 'shop', name })
const flow = (from: RecordedPeer, to: RecordedPeer): RecordedFlow => ({
  from,
  to,
  protocol: 'TCP',
  port: 443,
  count: 1,
})

replays('judges a network set by all of its addresses', () => {
  const half = orThrow(open.with({ put: [api.allowIngress({ source: { nets: ['192.0.2.0/25'] } })] }))
  const whole = orThrow(open.with({ put: [api.allowIngress({ source: { nets: ['192.0.2.0/23'] } })] }))
  const flows = [flow(partners, end('api-5c6d7e8f9-*'))]
  assert.equal(replay(flows, whole).after.allowed, 1)
  assert.is(replay(flows, half).after.unknown, 1)
})

replays('says what is missing where it does not know', () => {
  const half = orThrow(open.with({ put: [api.allowIngress({ source: { nets: ['198.51.100.0/24'] } })] }))
  const missing = (it: RecordedFlow): ReadonlyArray<string> =>
    replay([it], half).unknown.flatMap((one) => one.missing)
  assert.equal(missing(flow(end('gone-*'), end('api-5c6d7e8f9-*'))), [
    'which pods shop/gone-* are: the world has none of that name',
  ])
  assert.equal(missing(flow({ _tag: 'Anywhere', of: 'public' }, end('api-5c6d7e8f9-*'))), [
    'which public address it was: the log does not say',
  ])
  assert.equal(missing(flow({ _tag: 'Host', name: 'node-1' }, end('api-5c6d7e8f9-*'))), [
    'the node node-1: the world does not have it',
  ])
})

replays('finds what is behind a service where the log keeps the address to itself', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'db-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
    endpoints: [{ addresses: ['192.168.7.7'] }],
    ports: [{ port: 443, protocol: 'TCP' }],
  }
  const policy = networkPolicy('out', 'shop').allowEgress({ destination: { services: { name: 'db' } } })
  const world = orThrow(compile({ pods, resources: [policy], endpointSlices: [slice] }))
  const hidden = flow(end(pods[0]?.name ?? ''), { _tag: 'Anywhere', of: 'private' })
  assert.equal(replay([{ ...hidden, service: 'shop/db' }], world).after.allowed, 1)
  assert.is(replay([hidden], world).after.unknown, 1)
})

replays.run()
