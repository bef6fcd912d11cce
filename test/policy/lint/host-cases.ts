import { globalNetworkPolicy, hostEndpoint, resource } from '../../../src/index.js'
import { type Case, finds, takes, within } from './case.js'
import { nodes } from './cluster.js'

const isNode = 'has(kubernetes.io/os)'
const host = globalNetworkPolicy('host').selector(isNode)
const worker = hostEndpoint('worker', 'worker').labels({ role: 'worker' }).expectedIPs('192.168.0.2')
const deny = { protocol: 'TCP', destination: { ports: [2379] } } as const

const felix = (name: string, failsafe: ReadonlyArray<{ protocol: 'TCP'; port: number; net?: string }>) =>
  resource('FelixConfiguration', name, { failsafeInboundHostPorts: failsafe })

const failsafe: ReadonlyArray<Case> = [
  finds(
    'a Deny of a failsafe port',
    'failsafe-shadows GlobalNetworkPolicy(host) spec.ingress[0]',
    host.denyIngress({ protocol: 'TCP', destination: { ports: ['2379:2380'] } }).allowIngress({}),
  ),
  finds(
    'one before ports are translated, for an endpoint that is given',
    'failsafe-shadows GlobalNetworkPolicy(host) spec.ingress[0]',
    worker,
    globalNetworkPolicy('host').selector("role == 'worker'").applyOnForward().preDNAT().denyIngress(deny),
  ),
  takes(
    'one of ports of which some are not failsafe, one for pods, and one of what is forwarded',
    host
      .denyIngress({ protocol: 'TCP', destination: { ports: ['2379:2381'] } })
      .denyIngress({ protocol: 'UDP', destination: { ports: [2379] } })
      .allowIngress({}),
    globalNetworkPolicy('pods')
      .selector('has(projectcalico.org/namespace)')
      .denyIngress(deny)
      .allowIngress({}),
    globalNetworkPolicy('forward')
      .selector("role == 'x'")
      .applyOnForward()
      .order(1)
      .denyIngress(deny)
      .allowIngress({}),
  ),
  takes(
    'one where Felix is told that it is not failsafe, on one node at least',
    felix('node.worker', [{ protocol: 'TCP', port: 22 }]),
    host.denyIngress(deny).allowIngress({}),
  ),
  takes(
    'one of a port that is failsafe for a part of the addresses',
    felix('default', [{ protocol: 'TCP', port: 2379, net: '10.0.0.0/8' }]),
    host.denyIngress(deny).allowIngress({}),
  ),
  finds(
    'one of a port that is failsafe for all the addresses that it names',
    'failsafe-shadows GlobalNetworkPolicy(host) spec.ingress[0]',
    felix('default', [{ protocol: 'TCP', port: 2379, net: '10.0.0.0/8' }]),
    host.denyIngress({ ...deny, source: { nets: ['10.1.0.0/16'] } }).allowIngress({}),
  ),
]

const raw = globalNetworkPolicy('raw').applyOnForward().doNotTrack()

const only: ReadonlyArray<Case> = [
  finds(
    'preDNAT for a namespace',
    'host-policy-selects-pods GlobalNetworkPolicy(host) spec.namespaceSelector',
    globalNetworkPolicy('host')
      .namespaceSelector("projectcalico.org/name == 'shop'")
      .applyOnForward()
      .preDNAT()
      .allowIngress({}),
  ),
  takes(
    'preDNAT for hosts, that allows what is from a namespace',
    host
      .applyOnForward()
      .preDNAT()
      .allowIngress({ source: { namespaceSelector: "projectcalico.org/name == 'shop'" } }),
  ),
  finds(
    'doNotTrack toward pods',
    'untracked-to-pods GlobalNetworkPolicy(raw) spec.ingress[0].destination',
    raw
      .selector(isNode)
      .allowIngress({ destination: { selector: "app == 'cache'", namespaceSelector: "team == 'a'" } }),
  ),
  takes(
    'doNotTrack toward the host, toward what may be one, and of datagrams to pods',
    raw
      .selector(isNode)
      .allowIngress({ protocol: 'UDP', destination: { ports: [53] } })
      .allowIngress({ protocol: 'UDP', destination: { namespaceSelector: "team == 'a'" } })
      .allowIngress({ protocol: 'TCP', destination: { selector: 'has(role)' } })
      .allowEgress({ protocol: 'TCP', source: { selector: 'has(role)' } }),
  ),
  finds(
    'doNotTrack one way, in and out',
    [
      'untracked-one-way GlobalNetworkPolicy(raw) spec.ingress[1]',
      'untracked-one-way GlobalNetworkPolicy(client) spec.egress[0]',
    ],
    raw
      .selector(isNode)
      .allowIngress({ protocol: 'TCP', destination: { ports: [22] } })
      .allowIngress({ protocol: 'TCP', destination: { ports: [80] } })
      .allowEgress({ protocol: 'UDP', source: { ports: [80] } }),
    globalNetworkPolicy('client')
      .selector("role == 'client' && !has(kubernetes.io/os)")
      .applyOnForward()
      .doNotTrack()
      .allowEgress({ protocol: 'TCP', destination: { ports: [80] } }),
  ),
  takes(
    'doNotTrack one way, whose answers another policy lets through',
    raw.selector(isNode).allowIngress({ protocol: 'TCP', destination: { ports: [80] } }),
    globalNetworkPolicy('answers')
      .selector("role == 'worker'")
      .applyOnForward()
      .doNotTrack()
      .allowEgress({ protocol: 'TCP', source: { ports: [80] } })
      .denyIngress(),
  ),
  finds(
    'doNotTrack on all interfaces',
    'untracked-on-all-interfaces GlobalNetworkPolicy(raw) spec.doNotTrack',
    worker.interfaceName('*'),
    raw.selector("role == 'worker'").allowIngress({ protocol: 'UDP', destination: { ports: [53] } }),
  ),
  takes(
    'doNotTrack where some endpoint has an interface of its own',
    worker.interfaceName('*'),
    hostEndpoint('other', 'worker').labels({ role: 'worker' }).interfaceName('eth1'),
    raw.selector("role == 'worker'").allowIngress({ protocol: 'UDP', destination: { ports: [53] } }),
  ),
]

const pool = resource('IPPool', 'pods', { cidr: '10.42.0.0/16' })

const own: ReadonlyArray<Case> = [
  finds(
    'a Deny of pods, by their namespace or their addresses',
    [
      'own-pods-not-asked GlobalNetworkPolicy(host) spec.ingress[0].source',
      'own-pods-not-asked GlobalNetworkPolicy(host) spec.ingress[1].source',
      'own-pods-not-asked GlobalNetworkPolicy(host) spec.egress[0].destination',
    ],
    pool,
    host
      .denyIngress({ protocol: 'TCP', source: { namespaceSelector: "team == 'a'" } })
      .denyIngress({ protocol: 'UDP', source: { nets: ['10.42.1.0/24'] } })
      .allowIngress({})
      .denyEgress({ destination: { nets: ['10.42.0.0/16'] } })
      .allowEgress({}),
  ),
  takes(
    'a Deny of others, and of pods to pods',
    pool,
    host
      .denyIngress({ protocol: 'TCP', source: { nets: ['10.0.0.0/8'] } })
      .denyIngress({ protocol: 'UDP', source: { selector: "role == 'worker'" } })
      .allowIngress({}),
    globalNetworkPolicy('pods')
      .namespaceSelector('has(projectcalico.org/name)')
      .denyIngress({ source: { namespaceSelector: "team == 'a'" } })
      .allowIngress({}),
  ),
]

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31080 }] },
}
const all = { protocol: 'TCP' } as const
/** Lets the loopback, kubelet and the API server be. */
const mindful = host.allowIngress({ source: { nets: ['127.0.0.0/8', '192.168.0.0/24'] } }).allowEgress({})

const ports: ReadonlyArray<Case> = [
  within(
    { nodes, services: [service] },
    finds(
      'a policy of nodes that leaves node ports open',
      'node-port-open GlobalNetworkPolicy(host) spec.ingress',
      mindful,
    ),
  ),
  within(
    { nodes, services: [service] },
    takes(
      'one beside a policy before ports are translated',
      mindful,
      globalNetworkPolicy('ports').selector(isNode).applyOnForward().preDNAT().allowIngress(all),
    ),
  ),
  within({ nodes }, takes('one without any node port', mindful)),
]

const endpoints: ReadonlyArray<Case> = [
  finds(
    'an endpoint without addresses that a rule selects',
    'host-endpoint-without-address HostEndpoint(bare) spec.expectedIPs',
    hostEndpoint('bare', 'bare').labels({ role: 'worker' }).interfaceName('eth0'),
    globalNetworkPolicy('pods')
      .namespaceSelector('has(projectcalico.org/name)')
      .allowIngress({ source: { selector: "role == 'worker'" } }),
  ),
  takes(
    'an endpoint without addresses that no rule selects, and one with them',
    hostEndpoint('bare', 'bare').labels({ role: 'other' }).interfaceName('eth0'),
    worker,
    globalNetworkPolicy('pods')
      .namespaceSelector('has(projectcalico.org/name)')
      .allowIngress({ source: { selector: "role == 'worker'" } }),
  ),
  within(
    { nodes },
    finds(
      'an endpoint of a node that is gone',
      'host-endpoint-without-node HostEndpoint(old) spec.node',
      worker,
      hostEndpoint('old', 'old').labels({ role: 'old' }).expectedIPs('192.168.0.9'),
    ),
  ),
  takes('an endpoint where nobody says which nodes there are', worker),
]

export const hostCases: ReadonlyArray<Case> = [...failsafe, ...only, ...own, ...ports, ...endpoints]
