import { type Case, of } from './case.js'

const hostEndpoint = of('HostEndpoint')
const eth0 = { node: 'n', interfaceName: 'eth0' }
const port = (given: object): object =>
  hostEndpoint({ ...eth0, ports: [{ name: 'http', protocol: 'TCP', port: 80, ...given }] })
const set = of('NetworkSet', { namespace: 'shop' })
const globalSet = of('GlobalNetworkSet')

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'host-endpoint-target',
    fact: 'a host endpoint without interface and addresses',
    refuses: hostEndpoint({ node: 'n', expectedIPs: [] }),
    takes: hostEndpoint({ node: 'n', expectedIPs: ['10.0.0.1'] }),
    at: 'spec.interfaceName',
  },
  {
    rule: 'host-endpoint-node',
    fact: 'a host endpoint without a node',
    refuses: hostEndpoint({ interfaceName: '*' }),
    takes: hostEndpoint({ node: 'n', interfaceName: '*' }),
    at: 'spec.node',
  },
  {
    rule: 'interface-name',
    fact: 'an interface of 16 characters',
    refuses: hostEndpoint({ node: 'n', interfaceName: 'x'.repeat(16) }),
    takes: hostEndpoint({ node: 'n', interfaceName: 'x'.repeat(15) }),
  },
  {
    rule: 'interface-name',
    fact: 'an interface with an asterisk among others',
    refuses: hostEndpoint({ node: 'n', interfaceName: 'eth*' }),
    takes: hostEndpoint({ node: 'n', interfaceName: 'eth.0' }),
  },
  {
    rule: 'ip-address',
    fact: 'an expected address with a length',
    refuses: hostEndpoint({ node: 'n', expectedIPs: ['10.0.0.1/32'] }),
    takes: hostEndpoint({ node: 'n', expectedIPs: ['fd00::1'] }),
  },
  {
    rule: 'reference-format',
    fact: 'a profile with a capital',
    refuses: hostEndpoint({ ...eth0, profiles: ['A'] }),
    takes: hostEndpoint({ ...eth0, profiles: ['a.b'] }),
    at: 'spec.profiles[0]',
  },
  {
    rule: 'port-name',
    fact: 'a port of an endpoint without a name',
    refuses: port({ name: '' }),
    takes: port({ name: 'a' }),
  },
  {
    rule: 'port-number',
    fact: 'port 0 of an endpoint',
    refuses: port({ port: 0 }),
    takes: port({ port: 65535 }),
  },
  {
    rule: 'endpoint-port-protocol',
    fact: 'a port of ICMP',
    refuses: port({ protocol: 'ICMP' }),
    takes: port({ protocol: 132 }),
    at: 'spec.ports[0].protocol',
  },
  {
    rule: 'network-set-namespace-label',
    fact: "Calico's own label on a network set",
    refuses: set({}, { labels: { 'projectcalico.org/namespace': 'x' } }),
    takes: set({}, { labels: { 'projectcalico.org/name': 'x' } }),
  },
  {
    rule: 'network-set-namespace-label',
    fact: "Calico's own label on a global network set",
    refuses: globalSet({}, { labels: { 'projectcalico.org/namespace': 'x' } }),
    takes: globalSet({}, { labels: { role: 'x' } }),
  },
  {
    rule: 'address-or-net-format',
    fact: 'an entry of a set that is neither address nor CIDR',
    refuses: set({ nets: ['web'] }),
    takes: set({ nets: ['10.0.0.1', '10.0.0.1/8', 'fd00::1', ''] }),
    at: 'spec.nets[0]',
  },
]
