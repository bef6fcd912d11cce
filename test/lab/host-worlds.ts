import * as fc from 'fast-check'
import type { Resource } from '../../src/index.js'
import { decode, orThrow } from '../../src/index.js'

/** The networks of the worlds: two addresses for each, of documentation (RFC 5737). */
export const linkOf = (i: number) => ({
  interface: `ext${i}`,
  node: `203.0.113.${4 * i + 1}`,
  ip: `203.0.113.${4 * i + 2}`,
})

/** What is served at every end; 179 is a failsafe port, in and out. */
export const tcpPorts = [8001, 8002, 179] as const
export const udpPorts = [8001] as const

const port = fc.constantFrom<number | string>(8001, 8002, '8001:8002', 179)
const seldom = <A>(of: fc.Arbitrary<A>, times = 2): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of })

const peer = (podNet: string, spaces: string, i: number) =>
  fc.record({
    nets: seldom(fc.constantFrom([`${linkOf(i).ip}/32`], ['203.0.113.0/24'], [podNet], ['0.0.0.0/0'])),
    selector: seldom(
      fc.constantFrom(`role == 'web'`, `role == 'api'`, `world == 'w${i}'`, `space == '${spaces}'`),
      5,
    ),
  })

const plain = <A>(value: A): A => JSON.parse(JSON.stringify(value))

/**
 * What follows a rule that lets packets through untracked: their answers, from the address that they went to. Without it,
 * answers of other connections would be taken, too, and those that came by a node port no longer turned back.
 */
const answers = (
  address: string,
  rules: ReadonlyArray<{
    readonly action: string
    readonly protocol?: string
    readonly destination?: { readonly ports?: unknown }
  }>,
) =>
  rules.flatMap(({ action, protocol, destination }) =>
    action === 'Allow' && protocol !== undefined
      ? [{ action, protocol, source: { nets: [`${address}/32`], ports: destination?.ports } }]
      : [],
  )

export interface HostWorldAt {
  readonly podNet: string
  readonly owner: string
  readonly node: string
}

/** The endpoints of a world's interface, and policies for these alone. */
export const hostWorld = (
  i: number,
  { podNet, owner, node }: HostWorldAt,
): fc.Arbitrary<ReadonlyArray<Resource>> => {
  const { interface: name, node: address } = linkOf(i)
  const end = peer(podNet, owner, i)
  const rule = fc
    .record({
      action: fc.constantFrom('Allow', 'Allow', 'Deny', 'Pass', 'Log'),
      protocol: seldom(fc.constantFrom('TCP', 'TCP', 'UDP'), 1),
      source: end,
      destination: fc
        .tuple(end, seldom(fc.array(port, { minLength: 1, maxLength: 2 }), 1))
        .map(([who, ports]) => ({ ...who, ports })),
    })
    .map((it) =>
      it.protocol === undefined ? { ...it, destination: { ...it.destination, ports: undefined } } : it,
    )
  const rules = fc.array(rule, { minLength: 1, maxLength: 3 })
  const tracked = fc.record({
    applyOnForward: fc.constantFrom(undefined, true, true),
    types: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: rules,
    egress: rules,
  })
  const preDNAT = rules.map((ingress) => ({
    applyOnForward: true,
    preDNAT: true,
    types: ['Ingress'],
    ingress,
  }))
  // What is let through untracked is answered so, too; toward pods it would be dropped as no part of a connection.
  const toNode = fc.record({
    action: fc.constantFrom('Allow', 'Deny', 'Pass'),
    protocol: fc.constantFrom('TCP', 'UDP'),
    destination: fc.record({
      nets: fc.constant([`${address}/32`]),
      ports: fc.array(port, { minLength: 1, maxLength: 1 }),
    }),
  })
  const untracked = fc.array(toNode, { minLength: 1, maxLength: 2 }).map((ingress) => ({
    applyOnForward: true,
    doNotTrack: true,
    types: ['Ingress', 'Egress'],
    ingress,
    egress: answers(address, ingress),
  }))
  const spec = fc.oneof(
    { weight: 4, arbitrary: tracked },
    { weight: 2, arbitrary: preDNAT },
    { weight: 1, arbitrary: untracked },
  )
  const policies = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean(), spec), {
    minLength: 1,
    maxLength: 3,
  })
  const endpoint = fc.record({
    by: fc.constantFrom('name', 'name', 'address'),
    profile: fc.boolean(),
    // One more endpoint of the interface, which another world's policies select, before or after it by name.
    other: seldom(fc.constantFrom('a', 'z'), 3),
  })
  return fc.tuple(endpoint, policies).map(([{ by, profile, other }, all]) => {
    const labels = { world: `w${i}`, owner }
    const profiles = profile ? ['projectcalico-default-allow'] : []
    const about = by === 'name' ? { interfaceName: name } : { expectedIPs: [address] }
    const made = [
      {
        kind: 'HostEndpoint',
        metadata: { name: `m-${name}-${owner}`, labels },
        spec: { node, ...about, profiles },
      },
      ...(other === undefined
        ? []
        : [
            {
              kind: 'HostEndpoint',
              metadata: { name: `${other}-${name}-${owner}`, labels: { world: 'none', owner } },
              spec: { node, interfaceName: name, profiles: ['projectcalico-default-allow'] },
            },
          ]),
      ...all.map(([order, hasWorldSelector, it], k) => ({
        kind: 'GlobalNetworkPolicy',
        metadata: { name: `w${i}-${k}-${owner}` },
        spec: {
          order,
          selector: hasWorldSelector ? `world == 'w${i}'` : `world == 'w${i}' && has(owner)`,
          ...it,
        },
      })),
    ]
    return made.map((it) => orThrow(decode(plain({ apiVersion: 'projectcalico.org/v3', ...it }))))
  })
}

/**
 * An endpoint of all the node's interfaces, and policies that deny some of the ports that are probed and no others: all else
 * of the node, such as its API server, stays open whatever they say.
 */
export const everywhere = (owner: string, node: string): fc.Arbitrary<ReadonlyArray<Resource>> => {
  const rule = fc.record({
    action: fc.constantFrom('Allow', 'Deny', 'Pass'),
    protocol: fc.constantFrom('TCP', 'TCP', 'UDP'),
    destination: fc.record({ ports: fc.constantFrom([8001], [8002], ['8001:8002'], ['30000:32767']) }),
  })
  const denial = rule.map((it) => ({ ...it, action: 'Deny' }))
  const rules = fc.tuple(fc.array(rule, { maxLength: 1 }), denial).map(([some, one]) => [...some, one])
  const open = { action: 'Allow' }
  return fc.tuple(rules, rules, rules, fc.boolean()).map(([ingress, egress, early, applyOnForward]) => {
    const selector = `world == 'all-${owner}'`
    const policy = (name: string, spec: object) => ({
      kind: 'GlobalNetworkPolicy',
      metadata: { name: `${name}-${owner}` },
      spec: { order: 3, selector, ...spec },
    })
    const made = [
      {
        kind: 'HostEndpoint',
        metadata: { name: `all-${owner}`, labels: { world: `all-${owner}`, owner } },
        spec: { node, interfaceName: '*', profiles: ['projectcalico-default-allow'] },
      },
      policy('all', {
        applyOnForward,
        types: ['Ingress', 'Egress'],
        ingress: [...ingress, open],
        egress: [...egress, open],
      }),
      policy('early', { applyOnForward: true, preDNAT: true, types: ['Ingress'], ingress: early }),
    ]
    return made.map((it) => orThrow(decode(plain({ apiVersion: 'projectcalico.org/v3', ...it }))))
  })
}

/** Other failsafe ports of the node, and none of those that it has by default. */
export const failsafePorts = (node: string, podNet: string): fc.Arbitrary<ReadonlyArray<Resource>> => {
  const one = fc.record({
    protocol: fc.constantFrom('TCP', 'UDP'),
    port: fc.constantFrom(8001, 8002),
    net: seldom(fc.constantFrom('203.0.113.0/26', '203.0.113.64/26', podNet)),
  })
  const some = fc.array(one, { minLength: 1, maxLength: 2 })
  return fc.tuple(some, some).map(([failsafeInboundHostPorts, failsafeOutboundHostPorts]) => {
    const configuration = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'FelixConfiguration',
      metadata: { name: `node.${node}` },
      spec: { failsafeInboundHostPorts, failsafeOutboundHostPorts },
    }
    return [orThrow(decode(plain(configuration)))]
  })
}
