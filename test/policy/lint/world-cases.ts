import { globalNetworkPolicy, metadataFromNodesOnly, networkPolicy, tier } from '../../../src/index.js'
import { type Case, finds, takes, within } from './case.js'

const api = networkPolicy('api', 'shop').selector("role == 'api'")

const localDns = {
  pods: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'node-local-dns-1',
        namespace: 'kube-system',
        labels: { 'k8s-app': 'node-local-dns' },
      },
      spec: { hostNetwork: true },
    },
  ],
}
const kubeDns = {
  selector: "k8s-app == 'kube-dns'",
  namespaceSelector: "projectcalico.org/name == 'kube-system'",
}
const toDns = (policy: typeof api) =>
  policy
    .allowEgress({ protocol: 'UDP', destination: { ...kubeDns, ports: [53] } })
    .allowEgress({ protocol: 'TCP', destination: { ...kubeDns, ports: [53] } })

const linkLocal = globalNetworkPolicy('link-local')
  .selector("projectcalico.org/created-by == 'calico-kube-controllers'")
  .applyOnForward()
  .preDNAT()

const local: ReadonlyArray<Case> = [
  within(
    localDns,
    finds(
      'DNS by its pods alone, where it is answered at a link-local address',
      'link-local-dns-cut-off NetworkPolicy(shop/api) spec.egress',
      toDns(api),
    ),
  ),
  within(
    localDns,
    takes(
      'DNS at the link-local address, too',
      toDns(api).allowEgress({ protocol: 'UDP', destination: { nets: ['169.254.0.0/16'], ports: [53] } }),
    ),
  ),
  within(
    localDns,
    finds(
      'DNS at the link-local address that a policy denies before another one allows it',
      'link-local-dns-cut-off NetworkPolicy(shop/api) spec.egress',
      globalNetworkPolicy('metadata')
        .namespaceSelector('has(projectcalico.org/name)')
        .order(1)
        .denyEgress({ destination: { nets: ['169.254.0.0/16'] } })
        .allowEgress({ protocol: 'TCP', destination: { nets: ['192.0.2.0/24'] } }),
      toDns(api).allowEgress({ protocol: 'UDP', destination: { nets: ['0.0.0.0/0'] } }),
    ),
  ),
  takes('DNS by its pods alone', toDns(api)),
  within(
    localDns,
    finds(
      'DNS at the link-local address that nodes deny before DNAT',
      'link-local-dns-cut-off GlobalNetworkPolicy(link-local) spec.ingress[0]',
      linkLocal.denyIngress({ destination: { nets: ['169.254.0.0/16'] } }),
    ),
  ),
  within(
    localDns,
    takes(
      'DNS at the link-local address that nodes let through before DNAT',
      linkLocal
        .allowIngress({ destination: { nets: ['169.254.20.10/32'] } })
        .denyIngress({ destination: { nets: ['169.254.0.0/16'] } }),
      metadataFromNodesOnly(),
    ),
  ),
]

const hostNetwork = {
  pods: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'apiserver', namespace: 'kube-system', labels: { component: 'kube-apiserver' } },
      spec: { hostNetwork: true },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      spec: {},
    },
  ],
  namespaces: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } }],
}
const toSystem = (selector: string) => ({
  destination: { selector, namespaceSelector: "projectcalico.org/name == 'kube-system'" },
})

const hostPods: ReadonlyArray<Case> = [
  within(
    hostNetwork,
    finds(
      "pods that are on their host's network",
      'host-network-pod-selected NetworkPolicy(shop/api) spec.egress[0].destination.selector',
      api.allowEgress(toSystem("component == 'kube-apiserver'")),
    ),
  ),
  within(
    hostNetwork,
    takes(
      'pods of which some are not, and selectors that find none',
      api
        .allowEgress({ protocol: 'TCP', ...toSystem('has(component) || has(k8s-app)') })
        .allowEgress({ protocol: 'UDP', ...toSystem('has(nothing)') }),
    ),
  ),
]

const nodes = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'cp',
      labels: { 'node-role.kubernetes.io/control-plane': '' },
      annotations: { 'projectcalico.org/IPv4VXLANTunnelAddr': '10.1.0.0' },
    },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] },
  },
]
const webhook = {
  nodes,
  resources: [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'guard' },
      webhooks: [{ clientConfig: { service: { namespace: 'shop', name: 'guard' } } }],
    },
  ],
  services: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'guard', namespace: 'shop' },
      spec: { selector: { app: 'guard' }, ports: [{ port: 443, targetPort: 8443 }] },
    },
  ],
  pods: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'guard-1', namespace: 'shop', labels: { app: 'guard' } },
      spec: { nodeName: 'worker' },
    },
  ],
}
const guard = networkPolicy('guard', 'shop').selector("app == 'guard'")
const at8443 = (...nets: readonly [string, ...ReadonlyArray<string>]) =>
  ({ protocol: 'TCP', source: { nets }, destination: { ports: [8443] } }) as const

const webhooks: ReadonlyArray<Case> = [
  within(
    webhook,
    finds(
      "a webhook that the API server reaches only from its node's own address",
      'webhook-cut-off NetworkPolicy(shop/guard) spec.ingress',
      guard.allowIngress(at8443('192.168.0.0/16')),
    ),
  ),
  within(
    webhook,
    takes(
      'one that it reaches from its tunnel, too',
      guard.allowIngress(at8443('192.168.0.0/16', '10.1.0.0/16')),
    ),
  ),
  within(
    webhook,
    finds(
      'one that a policy denies to everybody before another one allows it',
      [
        'webhook-cut-off NetworkPolicy(shop/closed) spec.ingress[1]',
        'rule-shadowed NetworkPolicy(shop/guard) spec.ingress[0]',
      ],
      networkPolicy('closed', 'shop').order(1).logIngress().denyIngress(),
      guard.order(2).allowIngress(at8443('0.0.0.0/0')),
    ),
  ),
  within(
    webhook,
    finds(
      'one that a policy of an earlier tier denies to the API server',
      'webhook-cut-off GlobalNetworkPolicy(first.closed) spec.ingress[0]',
      tier('first').order(1),
      globalNetworkPolicy('first.closed')
        .tier('first')
        .selector("app == 'guard'")
        .denyIngress({ source: { nets: ['192.168.0.0/16', '10.0.0.0/8'] } })
        .passIngress(),
      guard.allowIngress(at8443('0.0.0.0/0')),
    ),
  ),
  within(
    webhook,
    takes(
      'one that a policy denies after another one allows it, or to others',
      guard.order(1).allowIngress(at8443('0.0.0.0/0')),
      networkPolicy('late', 'shop').order(2).denyIngress(),
      networkPolicy('others', 'shop')
        .order(0)
        .denyIngress({ source: { nets: ['203.0.113.0/24'] } })
        .denyIngress({ protocol: 'UDP' }),
    ),
  ),
  within(
    webhook,
    finds(
      'one that a policy denies of the same order as the one that allows it: their names may turn the other way',
      'order-tie NetworkPolicy(shop/guard) spec.order',
      networkPolicy('closed', 'shop').order(1).denyIngress(),
      guard.order(1).allowIngress(at8443('0.0.0.0/0')),
    ),
  ),
  within(
    { ...webhook, nodes: [] },
    takes('one where nobody says where the API server is', guard.allowIngress(at8443('192.168.0.0/16'))),
  ),
]

export const worldCases: ReadonlyArray<Case> = [...local, ...hostPods, ...webhooks]
