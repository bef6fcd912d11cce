import fc from 'fast-check'
import { defined } from './metadata.js'
import { from, listFrom, type Pool, rarely, some } from './pool.js'
import { goodSelector } from './selector.js'
import * as values from './values.js'

export type Direction = 'ingress' | 'egress'

const list = (pool: Pool): fc.Arbitrary<unknown> => listFrom(pool)
const ports = some({ ports: list(values.port), notPorts: rarely(list(values.port)) })
const noPorts = fc.constant({})
const namespaceSelector = fc.oneof(
  { weight: 5, arbitrary: goodSelector },
  { weight: 1, arbitrary: fc.constant('global()') },
)
const mixed: Pool = { good: [...values.net4.good, ...values.net6.good], near: [] }

/** The end of a rule that has no `services`: nets of one family, selectors, service accounts. */
const peer = (nets: Pool): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: some({ nets: list(nets), notNets: rarely(list(nets)) }) },
    {
      weight: 3,
      arbitrary: some({ selector: goodSelector, notSelector: rarely(goodSelector), namespaceSelector }),
    },
    { weight: 1, arbitrary: some({ selector: goodSelector, nets: list(nets), serviceAccounts }) },
    { weight: 1, arbitrary: fc.record({ serviceAccounts }) },
  )
const serviceAccounts = some({ names: list(values.name), selector: goodSelector })
const services = fc.record({ services: fc.record({ name: from(values.name), namespace: from(values.name) }) })

const both = (a: fc.Arbitrary<object>, b: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }))

const ends = (direction: Direction, nets: Pool, withPorts: fc.Arbitrary<object>): fc.Arbitrary<object> => {
  const plain = peer(nets)
  const service = fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: services })
  return some({
    source: both(direction === 'ingress' ? service : plain, withPorts),
    destination: direction === 'egress' ? fc.oneof(both(plain, withPorts), service) : both(plain, withPorts),
  })
}

const action = fc.constantFrom('Allow', 'Allow', 'Deny', 'Log', 'Pass')
const icmp: Pool = {
  good: [{ type: 8 }, { type: 0, code: 0 }, { type: 254, code: 255 }, { type: 3, code: 1 }],
  near: [
    {},
    { code: 1 },
    { type: 255 },
    { type: 1, code: 256 },
    { type: -1 },
    { type: '8' },
    { type: null },
    { type: 1.5 },
  ],
}
const http = some({
  methods: listFrom({ good: ['GET', 'PUT', 'x', 'POST', '*'], near: ['', 1, null] }),
  paths: listFrom({
    good: [{ exact: '/a' }, { prefix: '/' }, { exact: '/a/b%20' }],
    near: [
      {},
      { exact: 'a' },
      { exact: '/a', prefix: '/b' },
      { prefix: '/a?b' },
      { exact: '/#' },
      { exact: '/a b' },
      { exact: '' },
    ],
  }),
})
const annotations = fc.record({
  annotations: fc.dictionary(from(values.labelKey).map(String), from(values.text), { maxKeys: 2 }),
})

/** A rule that Calico mostly takes: what depends on the protocol, the family or the direction fits. */
export const rule = (direction: Direction): fc.Arbitrary<object> => {
  const [v4, v6] = [values.net4, values.net6]
  const plain = (nets: Pool, version: number): fc.Arbitrary<object> =>
    both(
      fc.record({ action, ipVersion: rarely(fc.constant(version)), protocol: rarely(from(values.protocol)) }),
      ends(direction, nets, noPorts),
    )
  const withPorts = (nets: Pool): fc.Arbitrary<object> =>
    both(fc.record({ action, protocol: from(values.portProtocol) }), ends(direction, nets, ports))
  const withIcmp = (protocol: string, nets: Pool): fc.Arbitrary<object> =>
    both(
      fc.record({
        action,
        protocol: fc.constant(protocol),
        icmp: rarely(from(icmp)),
        notICMP: rarely(from(icmp)),
      }),
      ends(direction, nets, noPorts),
    )
  const withHttp = both(
    fc.record({
      action: fc.constant('Allow'),
      protocol: fc.option(fc.constant('TCP'), { nil: undefined }),
      http,
    }),
    ends(direction, v4, noPorts),
  )
  const any = fc.oneof(
    { weight: 3, arbitrary: plain(v4, 4) },
    { weight: 1, arbitrary: plain(v6, 6) },
    { weight: 4, arbitrary: withPorts(v4) },
    { weight: 1, arbitrary: withPorts(v6) },
    { weight: 1, arbitrary: withIcmp('ICMP', v4) },
    { weight: 1, arbitrary: withIcmp('ICMPv6', v6) },
    ...(direction === 'ingress' ? [{ weight: 1, arbitrary: withHttp }] : []),
    { weight: 1, arbitrary: plain(mixed, 5) },
  )
  const extra = some({ metadata: rarely(annotations), notProtocol: rarely(rarely(from(values.protocol))) })
  return both(any, extra).map(defined)
}
