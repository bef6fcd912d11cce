import { type Case, of } from './case.js'

const configuration = (spec: object): object => of('BGPConfiguration')(spec, { name: 'default' })
const peer = of('BGPPeer')
const filter = (rule: object): object => of('BGPFilter')({ importV4: [{ action: 'Accept', ...rule }] })
const advertised = (communities: ReadonlyArray<string>, more: object = {}): object =>
  configuration({ prefixAdvertisements: [{ cidr: '10.0.0.0/8', communities }], ...more })
const community = { name: 'c', value: '64512:1' }

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'bgp-community',
    fact: 'a community beyond 16 bits',
    refuses: advertised([], { communities: [{ name: 'c', value: '65536:1' }] }),
    takes: advertised([], { communities: [{ name: 'c', value: '65536:1:1' }] }),
    at: 'spec.communities[0].value',
  },
  {
    rule: 'bgp-field-missing',
    fact: 'a community without a name',
    refuses: advertised([], { communities: [{ value: '1:1' }] }),
    takes: advertised([], { communities: [community] }),
  },
  {
    rule: 'bgp-communities-unused',
    fact: 'communities that no prefix is advertised with',
    refuses: configuration({ communities: [community] }),
    takes: configuration({ communities: [] }),
  },
  {
    rule: 'bgp-community-undefined',
    fact: 'a community that is not defined',
    refuses: advertised(['other'], { communities: [community] }),
    takes: advertised(['c', '1:2'], { communities: [community] }),
    at: 'spec.prefixAdvertisements[0].communities[0]',
  },
  {
    rule: 'bgp-mesh-off',
    fact: 'a password for a mesh that is off',
    refuses: configuration({ nodeToNodeMeshEnabled: false, nodeMeshPassword: {} }),
    takes: configuration({ nodeToNodeMeshEnabled: true, nodeMeshPassword: {} }),
  },
  {
    rule: 'bgp-default-only',
    fact: 'an AS number in a configuration of one node',
    refuses: of('BGPConfiguration')({ asNumber: 64512 }, { name: 'node.a' }),
    takes: of('BGPConfiguration')({ serviceClusterIPs: [], listenPort: 180 }, { name: 'node.a' }),
    at: 'spec.asNumber',
  },
  {
    rule: 'net-host-bits',
    fact: 'a block of service addresses with host bits',
    refuses: configuration({ serviceClusterIPs: [{ cidr: '10.96.0.1/12' }] }),
    takes: configuration({ serviceClusterIPs: [{ cidr: '10.96.0.1' }] }),
  },
  {
    rule: 'ignored-interface',
    fact: 'all interfaces to be ignored',
    refuses: configuration({ ignoredInterfaces: ['*'] }),
    takes: configuration({ ignoredInterfaces: ['eth*'] }),
  },
  {
    rule: 'peer-ip',
    fact: 'a peer with port 0',
    refuses: peer({ peerIP: '10.0.0.1:0' }),
    takes: peer({ peerIP: '10.0.0.1:179' }),
  },
  {
    rule: 'peer-ip',
    fact: 'a peer with port 65536',
    refuses: peer({ peerIP: '[fd00::1]:65536' }),
    takes: peer({ peerIP: '[fd00::1]:65535' }),
  },
  {
    rule: 'peer-ip',
    fact: 'a peer by its name',
    refuses: peer({ peerIP: 'router' }),
    takes: peer({ peerIP: 'fd00::1' }),
  },
  {
    rule: 'peer-one-node',
    fact: 'node beside nodeSelector',
    refuses: peer({ node: 'a', nodeSelector: 'all()' }),
    takes: peer({ node: '', nodeSelector: 'all()' }),
  },
  {
    rule: 'peer-selector-exclusive',
    fact: 'an AS number beside peerSelector',
    refuses: peer({ asNumber: 1, peerSelector: 'all()' }),
    takes: peer({ asNumber: 0, peerSelector: 'all()' }),
  },
  {
    rule: 'peer-reachable-by',
    fact: 'a gateway of another family than the peer',
    refuses: peer({ peerIP: '10.0.0.1', reachableBy: 'fd00::1' }),
    takes: peer({ peerIP: '10.0.0.1:179', reachableBy: '10.0.0.2' }),
  },
  {
    rule: 'peer-workload-exclusive',
    fact: 'a peering with workloads beside peerIP from 3.30 on',
    calico: '3.30',
    refuses: peer({ localWorkloadSelector: 'all()', asNumber: 1, peerIP: '10.0.0.1' }),
    takes: peer({ localWorkloadSelector: 'all()', asNumber: 1 }),
  },
  {
    rule: 'peer-workload-as-number',
    fact: 'a peering with workloads without an AS number',
    calico: '3.31',
    refuses: peer({ localWorkloadSelector: 'all()' }),
    takes: peer({ localWorkloadSelector: 'all()', asNumber: 1 }),
  },
  {
    rule: 'peer-next-hop',
    fact: 'both words for the next hop',
    calico: '3.31',
    refuses: peer({ keepOriginalNextHop: true, nextHopMode: 'Keep' }),
    takes: peer({ keepOriginalNextHop: false, nextHopMode: 'Keep' }),
  },
  {
    rule: 'filter-cidr-operator',
    fact: 'a cidr without matchOperator',
    refuses: filter({ cidr: '10.0.0.0/8' }),
    takes: filter({ cidr: '10.0.0.0/8', matchOperator: 'In' }),
  },
  {
    rule: 'filter-cidr-operator',
    fact: 'matchOperator without a cidr',
    refuses: filter({ matchOperator: 'In' }),
    takes: filter({}),
  },
  {
    rule: 'filter-cidr-family',
    fact: 'IPv6 in importV4',
    refuses: filter({ cidr: 'fd00::/8', matchOperator: 'In' }),
    takes: of('BGPFilter')({ importV6: [{ action: 'Reject', cidr: 'fd00::/8', matchOperator: 'In' }] }),
  },
  {
    rule: 'interface-wildcard',
    fact: 'an interface with an ampersand',
    refuses: filter({ interface: 'eth&' }),
    takes: filter({ interface: '*.calico' }),
  },
  {
    rule: 'filter-length-needs-cidr',
    fact: 'a prefixLength without a cidr',
    calico: '3.30',
    refuses: filter({ prefixLength: { min: 8 } }),
    takes: filter({ prefixLength: { min: 8 }, cidr: '10.0.0.0/8', matchOperator: 'In' }),
  },
  {
    rule: 'filter-prefix-length',
    fact: 'a prefix of 33 bits',
    calico: '3.30',
    refuses: filter({ prefixLength: { max: 33 }, cidr: '10.0.0.0/8', matchOperator: 'In' }),
    takes: filter({ prefixLength: { max: 32 }, cidr: '10.0.0.0/8', matchOperator: 'In' }),
  },
  {
    rule: 'filter-operations-accept',
    fact: 'operations on what is rejected',
    calico: '3.32',
    refuses: filter({ action: 'Reject', operations: [{ setPriority: { value: 1 } }] }),
    takes: filter({ action: 'Accept', operations: [{ setPriority: { value: 1 } }] }),
  },
]
