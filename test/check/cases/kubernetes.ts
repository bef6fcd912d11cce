import { type Case, of } from './case.js'

const node = of('Node')
const workload = of('WorkloadEndpoint', { namespace: 'shop' })
const controllers = of('KubeControllersConfiguration')

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'kube-controllers-name',
    fact: 'a second configuration of the controllers',
    refuses: controllers({ controllers: {} }, { name: 'other' }),
    takes: controllers({ controllers: {} }, { name: 'default' }),
  },
  {
    rule: 'sync-labels',
    fact: 'labels that are not synchronised',
    refuses: controllers({ controllers: { node: { syncLabels: 'Disabled' } } }, { name: 'default' }),
    takes: controllers({ controllers: { node: { syncLabels: 'Enabled' } } }, { name: 'default' }),
  },
]

/** What calicoctl does not create: the facts hold beside `read-only-kind`. */
export const readOnly: ReadonlyArray<Case> = [
  {
    rule: 'node-bgp-empty',
    fact: 'an empty bgp',
    refuses: node({ bgp: {} }),
    takes: node({ bgp: { asNumber: 1 } }),
  },
  {
    rule: 'node-address',
    fact: 'an IPv6 address as ipv4Address',
    refuses: node({ bgp: { ipv4Address: 'fd00::1/64' } }),
    takes: node({ bgp: { ipv4Address: '10.0.0.1/24' } }),
  },
  {
    rule: 'mac-address',
    fact: 'a MAC address of five bytes',
    refuses: node({ vxlanTunnelMACAddr: '66:b8:4b:a1:d5' }),
    takes: node({ vxlanTunnelMACAddr: '66:b8:4b:a1:d5:00' }),
  },
  {
    rule: 'wireguard-key',
    fact: 'a key of 31 bytes',
    refuses: { ...node({}), status: { wireguardPublicKey: `${'A'.repeat(42)}==` } },
    takes: { ...node({}), status: { wireguardPublicKey: `${'A'.repeat(43)}=` } },
  },
  {
    rule: 'workload-network',
    fact: 'a network of more than one address',
    refuses: workload({ interfaceName: 'a', ipNetworks: ['10.0.0.0/31'] }),
    takes: workload({ interfaceName: 'a', ipNetworks: ['10.0.0.1/32', '10.0.0.2'] }),
  },
  {
    rule: 'workload-port-name',
    fact: 'a port with neither name nor port of the host',
    refuses: workload({ interfaceName: 'a', ports: [{ protocol: 'TCP', port: 1 }] }),
    takes: workload({ interfaceName: 'a', ports: [{ protocol: 'TCP', port: 1, hostPort: 2 }] }),
  },
  {
    rule: 'container-id',
    fact: 'a container with an underscore',
    refuses: workload({ interfaceName: 'a', containerID: 'a_b' }),
    takes: workload({ interfaceName: 'a', containerID: 'A-b' }),
  },
]
