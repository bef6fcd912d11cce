import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  globalNetworkPolicy,
  globalNetworkSet,
  hostEndpoint,
  networkPolicy,
  orThrow,
  type Resource,
  resource,
} from '../../../src/index.js'
import { compile, type PeerFlow } from '../../../src/policy/index.js'
import { lint } from '../../../src/policy/lint/lint.js'
import type { LintRuleName } from '../../../src/policy/lint/rule.js'
import { localDns, namespaces, nodes, pods } from './reported-world.js'

/*
 * What went wrong for people with hosts, each by its public report: what lint says of it, and the verdicts that show it.
 */
const reports = suite('what people reported of hosts')

const isNode = 'has(kubernetes.io/os)'
const automatic = resource('KubeControllersConfiguration', 'default', {
  controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
})
const accepting = resource('FelixConfiguration', 'default', { defaultEndpointToHostAction: 'Accept' })
const service = (namespace: string, name: string, ports: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { selector: { app: 'a' }, ports: [ports] },
})

interface Report {
  readonly resources: ReadonlyArray<Resource>
  /** What there is beside nodes and pods. */
  readonly world?: Readonly<Record<string, ReadonlyArray<object>>>
  /** What lint says, among others; nothing where only a flow shows it. */
  readonly finds?: LintRuleName
  readonly allowed?: ReadonlyArray<Partial<PeerFlow>>
  readonly denied?: ReadonlyArray<Partial<PeerFlow>>
}

const report = (
  ids: string,
  what: string,
  { resources, world = {}, finds, allowed = [], denied = [] }: Report,
): void =>
  reports(`${ids}: ${what}`, () => {
    const given = { nodes, namespaces, ...world, pods: [...pods, ...(world.pods ?? [])] }
    const found: ReadonlyArray<string> = lint(resources, { world: given }).map(({ rule }) => rule)
    if (finds !== undefined) assert.ok(found.includes(finds), `${finds} is not among ${found}`)
    const compiled = orThrow(compile({ ...given, resources }))
    for (const [decision, flows] of [
      ['allowed', allowed],
      ['denied', denied],
    ] as const)
      for (const flow of flows) {
        const whole = {
          from: '203.0.113.9',
          to: 'node:worker',
          protocol: 'TCP',
          port: 8080,
          ...flow,
        } as const
        assert.is(compiled.verdict({ sourcePort: 40000, ...whole }).decision, decision, JSON.stringify(flow))
      }
  })

const fromNodes = { protocol: 'TCP', source: { nets: ['192.168.0.0/24'] } } as const
const deny2379 = { protocol: 'TCP', destination: { ports: [2379] } } as const
const host = globalNetworkPolicy('host').selector(isNode)

report('#4478', 'probes of a node to itself are denied', {
  resources: [automatic, host.allowIngress({ ...fromNodes, destination: { ports: [10250] } })],
  finds: 'loopback-cut-off',
  denied: [{ from: 'node:worker/lo', to: 'node:worker/lo', port: 9099 }],
  allowed: [{ from: '192.168.0.1', port: 10250, to: '192.168.0.2' }],
})

report('#4478', 'and what a rule denies of it, whatever comes after', {
  resources: [
    automatic,
    host.denyIngress({ protocol: 'TCP', destination: { ports: [9099] } }).allowIngress(),
  ],
  finds: 'loopback-cut-off',
  denied: [{ from: 'node:worker/lo', to: 'node:worker/lo', port: 9099 }],
})

const nodesOnly = host
  .applyOnForward()
  .preDNAT()
  .allowIngress({ source: { selector: isNode } })
  .denyIngress()

report('#5572', 'a process of a host is kept from its own public address, not from its internal one', {
  resources: [automatic, nodesOnly],
  denied: [{ from: { _tag: 'Node', name: 'worker', ip: '198.51.100.2' }, to: '198.51.100.2' }],
  allowed: [{ from: { _tag: 'Node', name: 'worker', ip: '192.168.0.2' }, to: '192.168.0.2' }],
})

report('#3795', 'DNS is asked at a link-local address, which policies of pods leave out', {
  resources: [
    accepting,
    networkPolicy('a', 'shop').allowEgress({
      protocol: 'UDP',
      destination: { namespaceSelector: "projectcalico.org/name == 'kube-system'", ports: [53] },
    }),
  ],
  world: { pods: [localDns] },
  finds: 'link-local-dns-cut-off',
  denied: [{ from: 'shop/a', to: '169.254.20.10', protocol: 'UDP', port: 53 }],
})

report('#3795', 'or which nodes deny before DNAT with all that is link-local', {
  resources: [
    automatic,
    host
      .applyOnForward()
      .preDNAT()
      .denyIngress({ destination: { nets: ['169.254.0.0/16'] } }),
  ],
  world: { pods: [localDns] },
  finds: 'link-local-dns-cut-off',
  denied: [{ from: 'shop/a', to: '169.254.20.10', protocol: 'UDP', port: 53 }],
})

report('#8109', 'node ports stay open', {
  resources: [automatic, host.allowIngress(fromNodes)],
  world: { services: [service('shop', 'a', { port: 80, nodePort: 31080, targetPort: 8080 })] },
  finds: 'node-port-open',
  allowed: [{ to: 'shop/a', beforeDNAT: { ip: '192.168.0.2', port: 31080 } }],
  denied: [{ port: 31080 }],
})

const noPods = host.denyIngress({ source: { namespaceSelector: "team == 'a'" } }).allowIngress()

report('#7056, #5161', 'pods reach their own node in spite of its policy', {
  resources: [automatic, accepting, noPods],
  finds: 'own-pods-not-asked',
  allowed: [{ from: 'shop/a', to: '192.168.0.2' }],
  denied: [{ from: 'shop/b', to: '192.168.0.2' }],
})

report('#4469, #2797', 'a node reaches its own pods in spite of all policies', {
  resources: [
    automatic,
    host.denyEgress({ destination: { namespaceSelector: "team == 'a'" } }).allowEgress(),
    networkPolicy('none', 'shop').types('Ingress'),
  ],
  finds: 'own-pods-not-asked',
  allowed: [{ from: 'node:worker', to: 'shop/a' }],
  denied: [{ from: 'node:worker', to: 'shop/b' }],
})

report('#8632', 'a Deny of a failsafe port has no effect', {
  resources: [automatic, host.denyIngress(deny2379).allowIngress()],
  finds: 'failsafe-shadows',
  allowed: [{ port: 2379 }],
})

const fromEdge = networkPolicy('edge', 'shop').allowIngress({
  source: { selector: "role == 'edge'", namespaceSelector: 'global()' },
})
const edge = hostEndpoint('edge', 'cp').labels({ role: 'edge' }).interfaceName('eth0')
const fromNode = { from: '192.168.0.1', to: 'shop/a' }

report('#4721, #2956, #4171', 'a selector finds nothing of an endpoint without addresses', {
  resources: [edge, fromEdge],
  finds: 'host-endpoint-without-address',
  denied: [fromNode],
})

report('#4721', 'and its address once it is said', {
  resources: [edge.expectedIPs('192.168.0.1').profiles('projectcalico-default-allow'), fromEdge],
  allowed: [fromNode],
})

report('#4667', 'a selector for a pod on the network of its host finds nothing', {
  resources: [
    networkPolicy('api', 'shop').allowIngress({
      source: { selector: "app == 'kube-apiserver'", namespaceSelector: 'all()' },
    }),
  ],
  finds: 'host-network-pod-selected',
  denied: [fromNode],
})

const called = {
  services: [service('shop', 'a', { port: 443, targetPort: 8443 })],
  resources: [
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v3.projectcalico.org' },
      spec: { service: { namespace: 'shop', name: 'a' } },
    },
  ],
}

report('#7242, tigera/operator#5212', 'the API server calls an API from the address of its tunnel', {
  resources: [networkPolicy('a', 'shop').allowIngress({ ...fromNodes, destination: { ports: [8443] } })],
  world: called,
  finds: 'webhook-cut-off',
  allowed: [{ ...fromNode, port: 8443 }],
  denied: [{ from: '10.42.1.0', to: 'shop/a', port: 8443 }],
})

report('#9869, #5533', 'the source that a pod sees behind a node port hangs on whose node it was', {
  resources: [networkPolicy('office', 'shop').allowIngress({ source: { nets: ['203.0.113.0/24'] } })],
  allowed: [{ to: 'shop/a', beforeDNAT: { ip: '192.168.0.2', port: 31080 } }],
  denied: [{ to: 'shop/a', beforeDNAT: { ip: '192.168.0.1', port: 31080 } }],
})

report('#2609', 'what is let through to pods untracked never gets there', {
  resources: [
    hostEndpoint('eth', 'worker').labels({ role: 'edge' }).interfaceName('eth0').expectedIPs('192.168.0.2'),
    globalNetworkPolicy('raw')
      .selector("role == 'edge'")
      .applyOnForward()
      .doNotTrack()
      .allowIngress({ destination: { namespaceSelector: "team == 'a'" } }),
  ],
  finds: 'untracked-to-pods',
})

report('#4015', 'an endpoint of a node that is gone stays', {
  resources: [hostEndpoint('gone', 'gone').expectedIPs('192.168.0.9')],
  finds: 'host-endpoint-without-node',
})

report('#5102', 'a namespaceSelector takes sets of networks, too', {
  resources: [
    globalNetworkSet('bank').nets('203.0.113.0/24'),
    networkPolicy('a', 'shop').allowIngress({ source: { namespaceSelector: "team != 'b'" } }),
  ],
  finds: 'namespace-selector-takes-more',
  allowed: [{ to: 'shop/a' }],
  denied: [{ from: '192.0.2.1', to: 'shop/a' }],
})

reports.run()
