import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Labels, matches, networkPolicy, orThrow, parseSelector } from '../../../src/index.js'
import { addressValue, parseAddresses } from '../../../src/net/cidr.js'
import { covers } from '../../../src/net/interval.js'
import { compile } from '../../../src/policy/compile.js'
import { connectionSets } from '../../../src/policy/connectivity/peer-pair.js'
import type { ConnectionSet } from '../../../src/policy/connectivity/traffic.js'
import { worldOf } from '../../../src/policy/evaluate/policy-world.js'
import type { Who } from '../../../src/policy/prove/describe-end.js'
import { exposureOf, printExposure } from '../../../src/policy/prove/exposure.js'
import type { Endpoint, Packet, Workload } from '../../../src/policy/world/flow.js'
import { effectiveLabels } from '../../../src/policy/world/known-labels.js'
import { knownPod } from '../known-pod.js'
import { decisionsOf } from '../membership.js'
import { someEndpoint, somePacket, somePod, someResources } from '../random-flows.js'

const exposure = suite('exposure')

const pod = (name: string): Workload => ({ ...knownPod(name), ip: '10.0.0.1' })

exposure('says who may reach a pod, and whom it may reach, in the words of rules', () => {
  const web = { selector: "role in { 'web', 'edge' }" }
  const policy = networkPolicy('api', 'shop')
    .selector("role == 'api'")
    .allowIngress({ protocol: 'TCP', source: web, destination: { ports: [8080] } })
    .allowIngress({ protocol: 'TCP', source: { nets: ['192.0.2.0/24'] }, destination: { ports: [443] } })
    .allowEgress({
      protocol: 'UDP',
      destination: { namespaceSelector: "projectcalico.org/name == 'kube-system'", ports: [53] },
    })
  const world = orThrow(compile({ resources: [policy], pods: [pod('api'), pod('web')] }))
  assert.is(
    printExposure(orThrow(world.exposure('shop/api'))),
    `shop/api
  open to
    any pod of namespaces with projectcalico.org/name not in {"shop"}, at 192.0.2.0/24: TCP 443
    any pod with role not in {"edge", "web"}, of namespaces with projectcalico.org/name == "shop", at 192.0.2.0/24: TCP 443
    192.0.2.0/24: TCP 443
    any pod with role in {"edge", "web"}, of namespaces with projectcalico.org/name == "shop", at 192.0.2.0/24: TCP 443, 8080
    any pod with role in {"edge", "web"}, of namespaces with projectcalico.org/name == "shop", at 0.0.0.0-192.0.1.255, 192.0.3.0-255.255.255.255: TCP 8080
  may reach
    any pod of namespaces with projectcalico.org/name == "kube-system": UDP 53`,
  )
  assert.is(
    printExposure(orThrow(world.exposure('shop/web'))),
    `shop/web
  open to
    no policy selects it
    any pod: everything
    0.0.0.0/0: everything
  may reach
    no policy selects it
    any pod: everything
    0.0.0.0/0: everything`,
  )
})

/** Whether a text of an exposure means the labels: nothing means any. */
const isMeant = (text: string | undefined, labels: Labels, prefix = ''): boolean =>
  text === undefined ||
  matches(
    orThrow(parseSelector(text)),
    Object.fromEntries(
      Object.entries(labels).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    ),
  )

const isAt = (addresses: ReadonlyArray<string> = ['0.0.0.0/0', '::/0'], ip = ''): boolean =>
  addresses.some((it) => covers([parseAddresses(it) ?? { from: 0n, until: 0n }], addressValue(ip) ?? -1n))

const isWho = (who: Who, end: Endpoint): boolean => {
  if (end._tag === 'Address') return who._tag === 'Addresses' && isAt(who.addresses, end.ip)
  if (who._tag === 'Addresses' || end._tag !== 'Workload') return false
  const labels = effectiveLabels(end)
  return (
    isMeant(who.selector, labels) &&
    isMeant(who.namespaceSelector, labels, 'pcns.') &&
    isMeant(who.serviceAccountSelector, labels, 'pcsa.') &&
    isAt(who.addresses, end.ip)
  )
}

const settled = (end: Endpoint): Endpoint =>
  end._tag !== 'Workload'
    ? end
    : { namespaceLabels: {}, serviceAccount: '', serviceAccountLabels: {}, ip: '10.0.0.9', ...end }

const decision = (set: ConnectionSet, packet: Packet) =>
  decisionsOf([{ from: 'a', to: 'b', ...set }], { from: 'a', to: 'b', packet })[0]

exposure('is of no node and no address, and says so', () => {
  const world = orThrow(
    compile({ pods: [pod('web')], nodes: [{ _tag: 'Node', name: 'n1', ips: ['192.0.2.1'] }] }),
  )
  const issueOf = (peer: string) => {
    const found = world.exposure(peer)
    return E.isLeft(found) ? found.left.issues.map(({ message, hint }) => [message, hint]) : found.right
  }
  assert.equal(issueOf('node:n1'), [
    [
      'exposure is about pods, and the node n1 is not a pod of the world',
      "name it in connectivity, as { n1: { _tag: 'Node', name: 'n1' } }",
    ],
  ])
  assert.equal(issueOf('shop/wbe'), [
    ['there is no pod shop/wbe, and it is not an address', 'did you mean shop/web?'],
  ])
})

exposure('is for anybody what the own policies of the pod say, and says it once', () => {
  const seen = new Map<string, number>()
  const others = fc.array(fc.tuple(someEndpoint, somePacket), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(someResources, somePod, others, (resources, mine, some) => {
      const world = worldOf(resources)
      const peer = world.peers.resolve(settled(mine))
      const exposed = orThrow(exposureOf(world, peer))
      for (const direction of ['Ingress', 'Egress'] as const) {
        const sets = connectionSets(world, direction).between
        const { open } = direction === 'Ingress' ? exposed.ingress : exposed.egress
        for (const [endpoint, packet] of some) {
          const other = settled(endpoint)
          const theirs = world.peers.resolve(other)
          if (theirs.at[0].family !== peer.at[0].family) continue
          const set = sets(direction === 'Ingress' ? { from: theirs, to: peer } : { from: peer, to: theirs })
          const found = open.filter(({ who }) => who.some((it) => isWho(it, other)))
          assert.ok(found.length <= 1, JSON.stringify(found))
          const said = decision(found[0] ?? { allowed: [], unknown: [] }, packet)
          const expected = decision(set, packet) ?? ''
          seen.set(expected, (seen.get(expected) ?? 0) + 1)
          // The names of its ports are not known of a pod that does not exist yet.
          if (said !== 'unknown') assert.is(said, expected, JSON.stringify([direction, other, packet, open]))
          else assert.ok(expected === 'unknown' || other._tag === 'Workload')
        }
      }
    }),
    { numRuns: 100 },
  )
  for (const answer of ['allowed', 'denied']) assert.ok((seen.get(answer) ?? 0) > 200, answer)
})

exposure.run()
