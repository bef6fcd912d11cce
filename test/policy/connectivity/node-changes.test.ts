import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, orThrow, type Resource } from '../../../src/index.js'
import type { CompiledWorld } from '../../../src/policy/compiled-world.js'
import { compareConnectivity } from '../../../src/policy/connectivity/compare-connectivity.js'
import { printChanges } from '../../../src/policy/connectivity/print-connectivity.js'
import type { Endpoint, Network, Packet } from '../../../src/policy/world/flow.js'
import { changesOf, decisionsOf } from '../membership.js'
import { denyNodes, everyNode, felix, worldOf } from '../node-world.js'

const test = suite('connectivity of nodes')

const ends: Readonly<Record<string, Endpoint | Network>> = {
  n1: { _tag: 'Node', name: 'n1' },
  n2: { _tag: 'Node', name: 'n2' },
  office: { _tag: 'Address', ip: '203.0.113.9' },
  'n1 by its address': { _tag: 'Address', ip: '192.0.2.1' },
  network: { _tag: 'Network', nets: ['192.0.2.0/24', '198.51.100.0/24'] },
}
const askedAs: Readonly<Record<string, string>> = {
  n1: 'node:n1',
  n2: 'node:n2',
  office: '203.0.113.9',
  'n1 by its address': '192.0.2.1',
}
const inNetwork = ['192.0.2.1', '192.0.2.2', '192.0.2.77', '198.51.100.7']
const packets: ReadonlyArray<Packet> = [
  ...[22, 80, 443, 6443, 10250].map((port) => ({ protocol: 'TCP', port, sourcePort: 40000 }) as const),
  { protocol: 'UDP', port: 53, sourcePort: 40000 },
  { protocol: 'ICMP', icmp: { type: 8, code: 0 } },
]

const worker = (name: string) => globalNetworkPolicy(name).selector("role == 'worker'")
const kubelet = { protocol: 'TCP', source: { nets: ['203.0.113.0/24'] }, destination: { ports: [10250] } }
const cases: Readonly<Record<string, ReadonlyArray<Resource>>> = {
  nothing: [],
  closed: [denyNodes],
  'from some': [worker('kubelet').allowIngress(kubelet as never)],
  'to some': [worker('egress').allowEgress({ destination: { nets: ['10.0.0.0/8', '198.51.100.7/32'] } })],
  forward: [
    worker('forward')
      .applyOnForward()
      .denyIngress({ protocol: 'TCP', destination: { ports: [80] } }),
  ],
  'before DNAT': [
    worker('pre')
      .applyOnForward()
      .preDNAT()
      .denyIngress({ source: { nets: ['198.51.100.0/24'] } }),
  ],
}

interface Pair {
  readonly from: string
  readonly to: string
  readonly ip: string | undefined
}

const isNode = (name: string): boolean => name === 'n1' || name === 'n2'

/** Each two ends of which one at least is inside, with an address where one is a network. */
const pairs = [...Object.keys(ends), 'shop/a', 'shop/b'].flatMap((from, _, all) =>
  all.flatMap((to): ReadonlyArray<Pair> => {
    const isNetwork = from === 'network' || to === 'network'
    const isInside = [from, to].some((it) => isNode(it) || it.startsWith('shop'))
    if (!isInside) return []
    return isNetwork ? inNetwork.map((ip) => ({ from, to, ip })) : [{ from, to, ip: undefined }]
  }),
)

const peerOf = (name: string, ip: string | undefined): string =>
  name === 'network' ? (ip ?? '') : (askedAs[name] ?? name)

const named = Object.entries(cases).map(([name, resources]) => ({
  name,
  world: worldOf([
    everyNode,
    felix({ failsafeInboundHostPorts: [{ protocol: 'TCP', port: 22 }] }),
    ...resources,
  ]),
}))

const decide = (world: CompiledWorld, { from, to, ip }: Pair, packet: Packet) =>
  world.verdict({ ...packet, from: peerOf(from, ip), to: peerOf(to, ip) }).decision

test('is what verdicts say, pair by pair, whatever the hosts ask', () => {
  for (const { name, world } of named) {
    const found = [...world.connectivity(ends).pairs()]
    for (const pair of pairs)
      for (const packet of packets)
        assert.equal(
          decisionsOf(found, { ...pair, packet }),
          [decide(world, pair, packet)],
          `${name}: ${JSON.stringify([pair, packet])}`,
        )
  }
})

test('does not take a node for the outside where no end is named as a node', () => {
  const found = ['office', 'n1 by its address', 'network'].map((it) => [it, ends[it]] as const)
  const some = Object.fromEntries(found) as Record<string, Endpoint | Network>
  const [, closed] = named
  if (closed === undefined) throw new Error('there is such a case')
  const all = [...closed.world.connectivity(some).pairs()]
  for (const pair of pairs.filter(({ from, to }) => !isNode(from) && !isNode(to)))
    for (const packet of packets)
      assert.equal(
        decisionsOf(all, { ...pair, packet }),
        [decide(closed.world, pair, packet)],
        JSON.stringify([pair, packet]),
      )
})

test('changes by what verdicts of both worlds say', () => {
  let changed = 0
  for (const before of named)
    for (const after of named) {
      const changes = compareConnectivity(
        [...before.world.connectivity(ends).pairs()],
        [...after.world.connectivity(ends).pairs()],
      )
      for (const pair of pairs)
        for (const packet of packets) {
          const [was, is] = [decide(before.world, pair, packet), decide(after.world, pair, packet)]
          const found = changesOf(changes, { ...pair, packet })
          assert.equal(found, was === is ? [] : [{ before: was, after: is }], JSON.stringify([pair, packet]))
          changed += found.length
        }
    }
  assert.ok(changed > 500, `${changed}`)
})

test('changes by classes, as text', () => {
  const before = worldOf([everyNode, felix({ failsafeInboundHostPorts: [] })])
  const after = orThrow(before.with({ put: [worker('kubelet').allowIngress(kubelet as never)] }))
  const { n1, office } = ends
  if (n1 === undefined || office === undefined) throw new Error('both are there')
  const of = (world: CompiledWorld) => world.connectivity({ n1, office })
  assert.is(
    printChanges(compareConnectivity(of(before), of(after))),
    [
      '- shop/b, n1 → n1: everything (was allowed)',
      '- office → n1: all but TCP; TCP 1:10249, 10251:65535 (was allowed)',
    ].join('\n'),
  )
})

test.run()
