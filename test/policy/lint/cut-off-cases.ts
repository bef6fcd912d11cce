import { globalNetworkPolicy, hostEndpoint, resource } from '../../../src/index.js'
import { type Case, finds, takes, within } from './case.js'
import { nodes } from './cluster.js'

const host = globalNetworkPolicy('host').selector('has(kubernetes.io/os)')
const made = resource('KubeControllersConfiguration', 'default', {
  controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
})
const local = { nets: ['127.0.0.0/8'] } as const
const kubelet = { protocol: 'TCP', destination: { ports: [10250] } } as const

const cut: ReadonlyArray<Case> = [
  finds(
    'kubelet that nobody reaches',
    'kubelet-cut-off GlobalNetworkPolicy(host) spec.ingress',
    host.allowIngress({ protocol: 'TCP', destination: { ports: [443] } }),
  ),
  within(
    { nodes },
    finds(
      'kubelet that all but the API server reach',
      'kubelet-cut-off GlobalNetworkPolicy(host) spec.ingress',
      host.allowIngress({ ...kubelet, source: { nets: ['192.168.0.2/32'] } }),
    ),
  ),
  finds(
    'kubelet that a rule keeps from all, whatever comes after it',
    'kubelet-cut-off GlobalNetworkPolicy(host) spec.ingress[0]',
    host.order(1).denyIngress(kubelet).allowIngress(),
    globalNetworkPolicy('late').selector('has(kubernetes.io/os)').order(2).allowIngress(),
  ),
  finds(
    'kubelet that nobody reaches past what is asked before DNAT',
    'kubelet-cut-off GlobalNetworkPolicy(host) spec.ingress[1]',
    host
      .applyOnForward()
      .preDNAT()
      .allowIngress({ protocol: 'TCP', destination: { ports: [443] } })
      .denyIngress(),
  ),
  takes(
    'kubelet that a rule keeps from some, or that another policy may have opened before',
    host
      .order(2)
      .denyIngress({ ...kubelet, source: { nets: ['203.0.113.0/24'] } })
      .allowIngress(),
    globalNetworkPolicy('strict')
      .selector('has(kubernetes.io/os)')
      .order(2)
      .denyIngress(kubelet)
      .allowIngress(),
    globalNetworkPolicy('early').selector("role == 'edge'").order(2).allowIngress(kubelet),
  ),
  takes(
    'kubelet that somebody reaches',
    host.allowIngress({ ...kubelet, source: { nets: ['192.168.0.2/32'] } }),
  ),
  takes(
    'kubelet that another policy opens on some nodes',
    host.allowIngress({ protocol: 'TCP', destination: { ports: [443] } }),
    globalNetworkPolicy('more').selector("role == 'worker'").order(1).allowIngress(kubelet),
  ),
  takes(
    'a host that is no node, of which nobody reaches that port',
    hostEndpoint('gateway', 'gateway').labels({ role: 'gateway' }).expectedIPs('192.168.0.7'),
    globalNetworkPolicy('host')
      .selector("role == 'gateway'")
      .allowIngress({ protocol: 'TCP', destination: { ports: [443] } }),
  ),
  finds(
    'the loopback of nodes that have endpoints of all interfaces',
    [
      'loopback-cut-off GlobalNetworkPolicy(host) spec.ingress',
      'loopback-cut-off GlobalNetworkPolicy(host) spec.egress',
    ],
    made,
    host
      .allowIngress({ ...kubelet, source: { nets: ['192.168.0.0/24'] } })
      .allowEgress({ destination: { nets: ['192.168.0.0/24'] } }),
  ),
  finds(
    'the loopback before DNAT, and what a node sends to its own address with it',
    'loopback-cut-off GlobalNetworkPolicy(host) spec.ingress[1]',
    made,
    host
      .applyOnForward()
      .preDNAT()
      .allowIngress({ source: { nets: ['10.0.0.0/8'] } })
      .denyIngress(),
  ),
  takes(
    'the loopback that a rule lets be, and one of nodes that have no such endpoints',
    made,
    host
      .allowIngress({ ...kubelet, source: { nets: ['192.168.0.0/24'] } })
      .allowIngress({ source: local, destination: local })
      .allowEgress({ destination: { nets: ['192.168.0.0/24', '127.0.0.0/8'] } }),
  ),
  takes(
    'the loopback where no endpoint has all interfaces',
    host.allowIngress({ ...kubelet, source: { nets: ['192.168.0.0/24'] } }),
  ),
]

const slice = (port: number) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { 'kubernetes.io/service-name': 'kubernetes' },
  },
  endpoints: [{ addresses: ['192.168.0.1'] }],
  ports: [{ port }],
})
const outside = host.allowEgress({ protocol: 'TCP', destination: { nets: ['10.0.0.0/8'], ports: [443] } })

const api: ReadonlyArray<Case> = [
  within(
    { endpointSlices: [slice(443)] },
    finds(
      'the API server at a port that is not failsafe',
      'api-server-cut-off GlobalNetworkPolicy(host) spec.egress',
      outside,
    ),
  ),
  within({ endpointSlices: [slice(6443)] }, takes('the API server at a failsafe port', outside)),
  within(
    { endpointSlices: [slice(443)] },
    takes(
      'the API server that a rule lets nodes reach',
      outside.allowEgress({ protocol: 'TCP', destination: { nets: ['192.168.0.1/32'] } }),
    ),
  ),
  takes('the API server where nobody says where it is', outside),
]

export const cutOffCases: ReadonlyArray<Case> = [...cut, ...api]
