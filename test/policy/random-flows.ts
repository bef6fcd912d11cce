import * as fc from 'fast-check'
import { decode, orThrow, type Resource } from '../../src/index.js'
import type { Endpoint, Flow, Packet, Workload } from '../../src/policy/world/flow.js'

/** Few values, so that policies and flows meet, and as many ways as there are for a rule to ask about them. */
const namespace = fc.constantFrom('shop', 'bank')
const role = fc.constantFrom('web', 'api')
const selector = fc.constantFrom(
  "role == 'web'",
  "role != 'web'",
  'has(role)',
  "!has(env) || env == 'prod'",
  'all()',
  "who == 'partner'",
)
const namespaceSelector = fc.constantFrom('all()', 'global()', "projectcalico.org/name == 'bank'")
const nets = fc.constantFrom('10.0.0.0/8', '10.0.0.0/30', '192.0.2.0/24', '192.0.2.7/32', '2001:db8::/32')
const port = fc.constantFrom(80, 81, '80:90', '1:1023', '1:65535', 'http', 'metrics')
const list = <A>(of: fc.Arbitrary<A>): fc.Arbitrary<Array<A>> =>
  fc.uniqueArray(of, { minLength: 1, maxLength: 2 })

const optional = { requiredKeys: [] }
const sometimes = <A>(of: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.option(of, { nil: undefined, freq: 2 })
const rarely = <A>(of: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of })

const end = fc.oneof(
  fc.record({ selector, notSelector: sometimes(selector), namespaceSelector: rarely(namespaceSelector) }),
  fc.record({ nets: sometimes(list(nets)), notNets: sometimes(list(nets)) }),
  fc.record({ serviceAccounts: fc.record({ names: fc.constant(['robot']), selector }, optional) }),
  fc.constant({ services: { name: 'dns', namespace: 'kube-system' } }),
)
const ports = fc.record({ ports: sometimes(list(port)), notPorts: sometimes(list(port)) })
const icmp = fc.record({ type: fc.constantFrom(0, 8), code: sometimes(fc.constantFrom(0, 1)) })

/** Most ends say little: a rule that asks for too much matches nothing. */
const nothing = fc.constant({})
const ofEnd = (about: fc.Arbitrary<object>) =>
  fc
    .tuple(fc.oneof({ weight: 3, arbitrary: nothing }, { weight: 1, arbitrary: end }), about)
    .map(([who, where]) => ({ ...who, ...where }))

const what = fc.oneof(
  fc.record({
    protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', 6),
    source: ofEnd(fc.oneof(nothing, nothing, ports)),
    destination: ofEnd(fc.oneof(nothing, ports)),
  }),
  fc.record({
    protocol: fc.constantFrom('ICMP', 'ICMPv6', 1),
    icmp: sometimes(icmp),
    notICMP: sometimes(icmp),
    source: ofEnd(nothing),
    destination: ofEnd(nothing),
  }),
  fc.record({
    protocol: rarely(fc.constantFrom('UDPLite', 47, 'TCP')),
    notProtocol: sometimes(fc.constantFrom('TCP', 47, 'ICMP')),
    ipVersion: rarely(fc.constantFrom(4, 6)),
    source: ofEnd(nothing),
    destination: ofEnd(nothing),
    http: rarely(fc.constant({ methods: ['GET'] })),
  }),
)

const action = fc.constantFrom('Allow', 'Allow', 'Deny', 'Log', 'Pass')
const rules = fc.array(
  fc.tuple(action, what).map(([it, fields]) => ({ action: it, ...fields })),
  { minLength: 1, maxLength: 3 },
)
const types = fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'])
const spec = fc.record({
  tier: fc.constantFrom('first', 'default'),
  order: fc.integer({ min: 1, max: 4 }),
  selector: rarely(selector),
  types,
  ingress: rules,
  egress: rules,
})

const named = (kind: string, metadata: object, it: object): unknown => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata,
  spec: it,
})

const policy = fc.oneof(
  fc.tuple(namespace, spec).map(([where, it]) => ({ kind: 'NetworkPolicy', namespace: where, spec: it })),
  fc
    .tuple(rarely(namespaceSelector), spec)
    .map(([where, it]) => ({ kind: 'GlobalNetworkPolicy', spec: { ...it, namespaceSelector: where } })),
)

const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Policies of two namespaces and of none, in two tiers, and a labelled set of networks. */
export const someResources: fc.Arbitrary<ReadonlyArray<Resource>> = fc
  .tuple(
    fc.array(policy, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('Deny', 'Pass'),
    fc.constantFrom(['192.0.2.0/28'], ['10.0.0.2/32', '2001:db8::/48']),
  )
  .map(([policies, defaultAction, set]) => [
    named('Tier', { name: 'first' }, { order: 1, defaultAction }),
    named('GlobalNetworkSet', { name: 'partners', labels: { who: 'partner' } }, { nets: set }),
    ...policies.map(({ kind, spec: it, ...metadata }, i) => named(kind, { name: `p${i}`, ...metadata }, it)),
  ])
  .map((made) => made.map((value) => orThrow(decode(clean(value)))))

export const somePod: fc.Arbitrary<Workload> = fc
  .record(
    {
      namespace,
      labels: fc.record({ role, env: fc.constantFrom('prod', 'test') }, optional),
      serviceAccount: fc.constant('robot'),
      ip: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.1.0.1', '2001:db8::1'),
      namedPorts: fc.record({ http: fc.constantFrom(80, 8080), metrics: fc.constant(81) }, optional),
    },
    { requiredKeys: ['namespace'] },
  )
  .map((pod) => ({ _tag: 'Workload', ...pod }))

export const someEndpoint: fc.Arbitrary<Endpoint> = fc.oneof(
  somePod,
  fc
    .constantFrom('10.0.0.2', '192.0.2.7', '192.0.2.77', '2001:db8::9', '203.0.113.1')
    .map((ip) => ({ _tag: 'Address' as const, ip })),
)

const onePort = fc.oneof(
  fc.constantFrom(1, 79, 80, 81, 90, 91, 1023, 1024, 8080, 65535),
  fc.integer({ min: 1, max: 65535 }),
)
const byte = fc.constantFrom(0, 1, 8, 255)

/** All that is to be known of it is given. */
export const somePacket: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const, 'UDPLite' as const),
    port: onePort,
    sourcePort: onePort,
  }),
  fc.record({
    protocol: fc.constantFrom('ICMP' as const, 'ICMPv6' as const),
    icmp: fc.record({ type: byte, code: byte }),
  }),
  fc.record({ protocol: fc.constantFrom(2, 47, 255) }),
)

export const someFlow: fc.Arbitrary<Flow> = fc
  .tuple(someEndpoint, someEndpoint, somePacket)
  .map(([from, to, packet]) => ({ from, to, ...packet }))

/** The same resources twice: the second time, each policy first logs what it does not decide. */
export const withLogs: fc.Arbitrary<readonly [ReadonlyArray<Resource>, ReadonlyArray<Resource>]> = fc
  .tuple(someResources, what)
  .map(([resources, match]) => {
    const log = { action: 'Log', ...match }
    const logging = resources.map((resource) => {
      if (resource.kind !== 'NetworkPolicy' && resource.kind !== 'GlobalNetworkPolicy') return resource
      const { ingress = [], egress = [] } = resource.spec
      const rules = { ingress: [log, ...ingress], egress: [log, ...egress] }
      return orThrow(decode(clean({ ...resource, spec: { ...resource.spec, ...rules } })))
    })
    return [resources, logging]
  })
