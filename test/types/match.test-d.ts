import { expectTypeOf } from 'expect-type'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from '../../src/build/match.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { egress, ingress } from '../../src/build/rule.js'
import { eq } from '../../src/selector/condition.js'

const policy = networkPolicy('api', 'shop')
const condition: boolean = Math.random() < 0.5

// What Calico takes.
policy.allowIngress().denyIngress({}).logEgress().passEgress({})
ingress.allow({ protocol: 'TCP', destination: { ports: [80, '9000:9010', 'http'], notPorts: [81] } })
ingress.allow({ protocol: 6, source: { ports: [80] } })
egress.allow({ protocol: 132, destination: { ports: [80] } })
ingress.allow({ protocol: 47, source: { nets: ['10.0.0.0/8'] } })
ingress.deny({ notProtocol: 'UDPLite', ipVersion: 4 })
ingress.deny({ protocol: 'ICMP', ipVersion: 4, icmp: { type: 8 }, notICMP: { type: 8, code: 1 } })
ingress.deny({ protocol: 'ICMPv6', ipVersion: 6, icmp: { type: 128, code: 0 } })
ingress.allow({ http: { methods: ['GET'], paths: [{ exact: '/a' }, { prefix: '/b' }] } })
ingress.allow({ protocol: 'TCP', http: { methods: ['GET'] }, destination: { ports: [80] } })
ingress.allow({ source: { services: { name: 'web' } } })
ingress.allow({ protocol: 'TCP', source: { services: { name: 'web' }, ports: [80] } })
egress.allow({ protocol: 'UDP', destination: { services: { name: 'kube-dns', namespace: 'kube-system' } } })
egress.allow({ source: { serviceAccounts: { names: ['a'], selector: eq('role', 'b') } } })
egress.log({ metadata: { annotations: { why: 'the auditor asked' } } })

// What is chosen at run time.
for (const protocol of ['TCP', 'UDP'] as const) egress.allow({ protocol, destination: { ports: [53] } })
ingress.allow({ protocol: condition ? 'TCP' : 'UDP', destination: { ports: [53] } })
for (const protocol of ['TCP', 17] as const) ingress.allow({ protocol, destination: { ports: [53] } })
ingress.allow({ ...(condition ? { ipVersion: 4 } : {}), source: condition ? { selector: 'a == "b"' } : {} })
const dns = { selector: eq('k8s-app', 'kube-dns'), ports: [53] }
egress.allow({ protocol: 'UDP', destination: dns })
const frozen = { selector: 'k8s-app == "kube-dns"', ports: [53, 'dns'] } as const
egress.allow({ protocol: 'UDP', destination: frozen })
const anything = { protocol: 'TCP', source: { nets: ['10.0.0.0/8'] } } satisfies IngressMatch
policy.allowIngress(anything).denyIngress(anything)
expectTypeOf<IngressMatch>().toExtend<IngressAllowMatch>()

// Ports without TCP, UDP or SCTP.
// @ts-expect-error ports without a protocol
ingress.allow({ destination: { ports: [80] } })
// @ts-expect-error ports of ICMP
ingress.allow({ protocol: 'ICMP', destination: { ports: [80] } })
// @ts-expect-error ports of UDPLite
egress.allow({ protocol: 'UDPLite', destination: { ports: [80] } })
// @ts-expect-error ports of a protocol without any, by number
egress.allow({ protocol: 47, destination: { ports: [80] } })
// @ts-expect-error notPorts without a protocol
ingress.deny({ source: { notPorts: [80] } })
// @ts-expect-error ports in a variable
egress.allow({ protocol: 'ICMP', destination: dns })
// @ts-expect-error ports with a protocol that may be ICMP
egress.allow({ protocol: condition ? 'TCP' : 'ICMP', destination: { ports: [53] } })
// @ts-expect-error ports with a protocol that may be left out
egress.allow({ protocol: condition ? 'TCP' : undefined, destination: { ports: [53] } })

// ICMP.
// @ts-expect-error ICMP fields on TCP
ingress.allow({ protocol: 'TCP', icmp: { type: 8 } })
// @ts-expect-error ICMP fields without a protocol
ingress.allow({ icmp: { type: 8 } })
// @ts-expect-error ICMP fields of ICMP by its number
ingress.allow({ protocol: 1, icmp: { type: 8 } })
// @ts-expect-error notICMP on TCP
ingress.allow({ protocol: 'TCP', notICMP: { type: 8 } })
// @ts-expect-error an ICMP code without a type
ingress.allow({ protocol: 'ICMP', icmp: { code: 0 } })
// @ts-expect-error ICMP is IPv4
ingress.allow({ protocol: 'ICMP', ipVersion: 6 })
// @ts-expect-error ICMPv6 is IPv6
ingress.allow({ protocol: 'ICMPv6', ipVersion: 4 })

// HTTP.
// @ts-expect-error HTTP on egress
egress.allow({ protocol: 'TCP', http: { methods: ['GET'] } })
// @ts-expect-error HTTP on egress, without a protocol
egress.allow({ http: { methods: ['GET'] } })
// @ts-expect-error HTTP on UDP
ingress.allow({ protocol: 'UDP', http: { methods: ['GET'] } })
// @ts-expect-error HTTP on TCP by its number
ingress.allow({ protocol: 6, http: { methods: ['GET'] } })
// @ts-expect-error HTTP on a Deny
ingress.deny({ protocol: 'TCP', http: { methods: ['GET'] } })
// @ts-expect-error HTTP on a Log
policy.logIngress({ http: { methods: ['GET'] } })
// @ts-expect-error HTTP on a Pass
policy.passIngress({ http: { methods: ['GET'] } })
// @ts-expect-error a path is exact or a prefix
ingress.allow({ http: { paths: [{ exact: '/a', prefix: '/b' }] } })
// @ts-expect-error a path is something
ingress.allow({ http: { paths: [{}] } })

// Services.
// @ts-expect-error services with a selector
ingress.allow({ source: { services: { name: 'web' }, selector: 'all()' } })
// @ts-expect-error services with notSelector
ingress.allow({ source: { services: { name: 'web' }, notSelector: 'all()' } })
// @ts-expect-error services with a namespace selector
ingress.allow({ source: { services: { name: 'web' }, namespaceSelector: 'all()' } })
// @ts-expect-error services with nets
egress.allow({ destination: { services: { name: 'web' }, nets: ['10.0.0.0/8'] } })
// @ts-expect-error services with notNets
egress.allow({ destination: { services: { name: 'web' }, notNets: ['10.0.0.0/8'] } })
// @ts-expect-error services with service accounts
egress.allow({ destination: { services: { name: 'web' }, serviceAccounts: { names: ['web'] } } })
// @ts-expect-error services in an egress source
egress.allow({ source: { services: { name: 'web' } } })
// @ts-expect-error services in an ingress destination
ingress.allow({ destination: { services: { name: 'web' } } })
// @ts-expect-error destination ports with services
egress.allow({ protocol: 'TCP', destination: { services: { name: 'web' }, ports: [80] } })
// @ts-expect-error destination notPorts with services
egress.allow({ protocol: 'TCP', destination: { services: { name: 'web' }, notPorts: [80] } })
// @ts-expect-error a service has a name
egress.allow({ destination: { services: { namespace: 'shop' } } })

// Misspelt keys, at any depth.
// @ts-expect-error protocl
ingress.allow({ protocl: 'TCP' })
// @ts-expect-error sorce
policy.allowEgress({ sorce: {} })
// @ts-expect-error selecter
policy.allowIngress({ source: { selecter: 'all()' } })
// @ts-expect-error port
policy.allowIngress({ protocol: 'TCP', destination: { port: [80] } })
// @ts-expect-error name
policy.allowIngress({ source: { serviceAccounts: { name: ['a'] } } })
// @ts-expect-error nam
policy.allowIngress({ source: { services: { nam: 'a' } } })
// @ts-expect-error typ
policy.allowIngress({ protocol: 'ICMP', icmp: { type: 8, cod: 0 } })
// @ts-expect-error method
policy.allowIngress({ http: { method: ['GET'] } })
// @ts-expect-error annotation
policy.denyEgress({ metadata: { annotation: {} } })

// Values of the wrong sort.
// @ts-expect-error a protocol that Calico does not know
ingress.allow({ protocol: 'tcp' })
// @ts-expect-error ports are a list
ingress.allow({ protocol: 'TCP', destination: { ports: 80 } })
// @ts-expect-error there is no IPv5
ingress.allow({ ipVersion: 5 })

expectTypeOf<EgressMatch>().not.toExtend<IngressMatch>()
