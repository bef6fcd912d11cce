import * as fc from 'fast-check'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from '../../../src/build/match.js'

/*
 * Matches as the builder's types allow them, with values that are no nonsense by themselves. That these arbitraries
 * compile is half of the test: the other half is that Calico takes what they make.
 */

type Part<A> = fc.Arbitrary<A>

const optional = { requiredKeys: [] }

const both = <A extends object, B extends object>(a: Part<A>, b: Part<B>): Part<A & B> =>
  fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }))

const port = fc.oneof(
  fc.integer({ min: 1, max: 65535 }),
  fc.constantFrom('1:1024', '8080:8090', 'http', 'metrics-2'),
)
const portList = fc.uniqueArray(port, { minLength: 1, maxLength: 3 })
const ports = fc.record({ ports: portList, notPorts: portList }, optional)
const noPorts = fc.constant({})

const selector = fc.constantFrom("role == 'web'", 'has(env)', 'all()', "team in {'a', 'b'} && !has(old)")
const cidrs = {
  4: ['10.0.0.0/8', '192.0.2.0/24', '203.0.113.7/32'],
  6: ['2001:db8::/32', 'fd00::1/128'],
} as const

const endpoints = (ip: 4 | 6) => {
  const nets = fc.uniqueArray(fc.constantFrom(...cidrs[ip]), { minLength: 1 })
  const serviceAccounts = fc.record({ names: fc.constant(['web']), selector }, { requiredKeys: ['selector'] })
  return fc.record(
    { nets, notNets: nets, selector, notSelector: selector, namespaceSelector: selector, serviceAccounts },
    optional,
  )
}

const services = fc.record({
  services: fc.constantFrom(
    { name: 'kube-dns', namespace: 'kube-system' },
    { name: 'web', namespace: 'shop' },
  ),
})

const common = fc.record({ metadata: fc.constant({ annotations: { why: 'because' } }) }, optional)
const family = <V extends 4 | 6>(ip: V) => fc.record({ ipVersion: fc.constant(ip) }, optional)

const code = fc.integer({ min: 0, max: 255 })
const icmp = fc.record({ type: fc.integer({ min: 0, max: 254 }), code }, { requiredKeys: ['type'] })
const icmpFields = fc.record({ icmp, notICMP: icmp }, optional)
const http = fc.record({
  http: fc.record(
    {
      methods: fc.uniqueArray(fc.constantFrom('GET', 'POST', 'PUT'), { minLength: 1 }),
      paths: fc.constant([{ exact: '/a' }, { prefix: '/b' }]),
    },
    optional,
  ),
})

const ported = fc.record({ protocol: fc.constantFrom(...(['TCP', 'UDP', 'SCTP', 6, 17, 132] as const)) })
const other = fc.record({ protocol: fc.constantFrom(...(['UDPLite', 47, 50, 1, 255] as const)) })
const any = fc.record({ notProtocol: fc.constantFrom(...(['TCP', 'UDPLite', 47] as const)) }, optional)
const ping = {
  4: both(both(fc.record({ protocol: fc.constant('ICMP') }), family(4)), icmpFields),
  6: both(both(fc.record({ protocol: fc.constant('ICMPv6') }), family(6)), icmpFields),
} as const

const ingressEnds = <P extends object>(ip: 4 | 6, at: Part<P>) => {
  const source = both(fc.oneof(endpoints(ip), services), at)
  return fc.record({ source, destination: both(endpoints(ip), at) }, optional)
}

const egressEnds = <P extends object>(ip: 4 | 6, at: Part<P>) => {
  const destination = fc.oneof(both(endpoints(ip), at), services)
  return fc.record({ source: both(endpoints(ip), at), destination }, optional)
}

const ingressOf = (ip: 4 | 6): Part<IngressMatch> =>
  fc.oneof(
    both(both(ported, family(ip)), ingressEnds(ip, ports)),
    both(both(other, family(ip)), ingressEnds(ip, noPorts)),
    both(both(any, family(ip)), ingressEnds(ip, noPorts)),
    both(fc.oneof(ping[ip]), ingressEnds(ip, noPorts)),
  )

const egressOf = (ip: 4 | 6): Part<EgressMatch> =>
  fc.oneof(
    both(both(ported, family(ip)), egressEnds(ip, ports)),
    both(both(other, family(ip)), egressEnds(ip, noPorts)),
    both(both(any, family(ip)), egressEnds(ip, noPorts)),
    both(fc.oneof(ping[ip]), egressEnds(ip, noPorts)),
  )

const withHttp: Part<IngressAllowMatch> = fc.oneof(
  both(both(fc.record({ protocol: fc.constant('TCP' as const) }), http), ingressEnds(4, ports)),
  both(http, ingressEnds(4, noPorts)),
)

export const ingressMatch = both(common, fc.oneof(ingressOf(4), ingressOf(6)))
export const egressMatch = both(common, fc.oneof(egressOf(4), egressOf(6)))
export const ingressAllowMatch = fc.oneof(ingressMatch, both(common, withHttp))
