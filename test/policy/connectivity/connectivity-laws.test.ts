import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Resource } from '../../../src/index.js'
import { compareConnectivity } from '../../../src/policy/connectivity/compare-connectivity.js'
import { connectivity } from '../../../src/policy/connectivity/connectivity.js'
import type { Endpoint, Network } from '../../../src/policy/world/flow.js'
import { verdict } from '../asked.js'
import { changesOf, decisionsOf, type Sent } from '../membership.js'
import { somePacket, somePod, someResources, withLogs } from '../random-flows.js'

const laws = suite('connectivity')

const network: Network = { _tag: 'Network', nets: ['10.0.0.0/7', '192.0.2.0/24', '2001:db8::/47'] }
const inNetwork = fc.constantFrom(
  '10.0.0.0',
  '10.0.0.2',
  '10.0.0.3',
  '10.0.0.4',
  '10.255.255.255',
  '11.0.0.0',
  '192.0.2.0',
  '192.0.2.7',
  '192.0.2.15',
  '192.0.2.16',
  '2001:db8::',
  '2001:db8:0:ffff::1',
  '2001:db8:1::',
)
const address: Endpoint = { _tag: 'Address', ip: '203.0.113.1' }
const endpoints = fc.tuple(somePod, somePod).map(([a, b]) => ({ a, b, address, network }))
type Endpoints = ReturnType<typeof endpoints.generate>['value']

const pairs = [
  ['a', 'a'],
  ['a', 'b'],
  ['b', 'a'],
  ['a', 'address'],
  ['address', 'b'],
  ['a', 'network'],
  ['network', 'b'],
] as const
type Name = (typeof pairs)[number][number]

const sent = fc
  .tuple(fc.constantFrom(...pairs), inNetwork, somePacket)
  .map(([[from, to], ip, packet]) => ({ from, to, ip, packet }))
const flows = fc.array(sent, { minLength: 200, maxLength: 200 })

const endOf = (all: Endpoints, name: string, ip = ''): Endpoint => {
  const found = all[name as Name]
  return found._tag === 'Network' ? { _tag: 'Address', ip } : found
}

/** No packet goes between IPv4 and IPv6: a map has nothing to say of it. */
const mayBe = (all: Endpoints, { from, to, ip }: Sent): boolean => {
  const families = [from, to].flatMap((name) => {
    const end = endOf(all, name, ip)
    return end._tag === 'Node' || end.ip === undefined ? [] : [end.ip.includes(':')]
  })
  return new Set(families).size < 2
}

const decision = (resources: ReadonlyArray<Resource>, all: Endpoints, { from, to, ip, packet }: Sent) =>
  verdict(resources, { from: endOf(all, from, ip), to: endOf(all, to, ip), ...packet }).decision

laws('says of every packet what verdict says of it, and says it once', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(someResources, endpoints, flows, (resources, all, packets) => {
      const whole = connectivity(resources, all)
      for (const one of packets.filter((it) => mayBe(all, it))) {
        const expected = decision(resources, all, one)
        assert.equal(decisionsOf(whole, one), [expected], JSON.stringify(one))
        seen.set(expected, (seen.get(expected) ?? 0) + 1)
      }
    }),
    { numRuns: 150 },
  )
  for (const answer of ['allowed', 'denied', 'unknown']) assert.ok((seen.get(answer) ?? 0) > 400, answer)
})

laws('is the same for policies that do the same, whatever their rules mention', () => {
  fc.assert(
    fc.property(withLogs, endpoints, ([resources, logging], all) => {
      assert.equal(connectivity(logging, all), connectivity(resources, all))
    }),
    { numRuns: 100 },
  )
})

laws('finds no change where nothing changes', () => {
  fc.assert(
    fc.property(withLogs, endpoints, ([resources, logging], all) => {
      assert.equal(compareConnectivity(connectivity(resources, all), connectivity(logging, all)), [])
    }),
    { numRuns: 100 },
  )
})

laws('finds a change for just the packets whose verdict changes', () => {
  let changed = 0
  fc.assert(
    fc.property(someResources, someResources, endpoints, flows, (first, second, all, packets) => {
      const read = (resources: ReadonlyArray<Resource>) =>
        JSON.parse(JSON.stringify(connectivity(resources, all)))
      const changes = compareConnectivity(read(first), read(second))
      for (const one of packets.filter((it) => mayBe(all, it))) {
        const [before, after] = [decision(first, all, one), decision(second, all, one)]
        const expected = before === after ? [] : [{ before, after }]
        assert.equal(changesOf(changes, one), expected, JSON.stringify(one))
        changed += expected.length
      }
    }),
    { numRuns: 60 },
  )
  assert.ok(changed > 300)
})

laws('finds the same changes backwards', () => {
  fc.assert(
    fc.property(someResources, someResources, endpoints, (first, second, all) => {
      const [before, after] = [connectivity(first, all), connectivity(second, all)]
      const turned = compareConnectivity(after, before).map((it) => ({
        ...it,
        before: it.after,
        after: it.before,
      }))
      const texts = (changes: ReadonlyArray<object>) =>
        changes.map((it) => JSON.stringify(Object.entries(it).sort())).sort()
      assert.equal(texts(turned), texts(compareConnectivity(before, after)))
    }),
    { numRuns: 100 },
  )
})

laws.run()
