import { globalNetworkPolicy, globalNetworkSet, networkPolicy, tier } from '../../../src/index.js'
import type { Linted } from '../../../src/policy/lint/lint.js'
import { type Case, finds, takes } from './case.js'

const pods = 'has(projectcalico.org/name)'
const web = { selector: "role == 'web'" }
const api = networkPolicy('api', 'shop').selector("role == 'api'")

const kubernetes = (name: string, spec: object): Linted => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop' },
  spec: { podSelector: {}, ...spec },
})
const cluster = (name: string, from: object): Linted => ({
  apiVersion: 'policy.networking.k8s.io/v1beta1',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: {
    tier: 'Admin',
    priority: 1,
    subject: { namespaces: {} },
    ingress: [{ action: 'Deny', from: [from] }],
  },
})

const isolation: ReadonlyArray<Case> = [
  finds(
    'a default deny of Kubernetes beside a policy that allows everything',
    'isolation-undone KubernetesNetworkPolicy(shop/deny) spec.ingress',
    kubernetes('deny', { policyTypes: ['Ingress'] }),
    kubernetes('open', { ingress: [{}] }),
  ),
  finds(
    'a narrow policy before one of all namespaces that allows everything',
    'isolation-undone NetworkPolicy(shop/api) spec.ingress',
    api.order(10).allowIngress({ source: web }),
    globalNetworkPolicy('open').namespaceSelector(pods).order(20).logIngress({}).allowIngress({}),
  ),
  takes(
    'one beside a policy that allows everything for other pods',
    kubernetes('deny', { policyTypes: ['Ingress'] }),
    kubernetes('open', { podSelector: { matchLabels: { role: 'web' } }, ingress: [{}] }),
  ),
  takes(
    'one beside a policy that allows everything else than it denies',
    kubernetes('deny', { policyTypes: ['Ingress'] }),
    networkPolicy('some', 'shop').order(2000).denyIngress({ source: web }).allowIngress({}),
  ),
  takes(
    'one that denies by a rule, which goes first',
    api.order(10).allowIngress({ source: web }).denyIngress(),
    networkPolicy('other', 'bank').order(20).allowIngress({}),
  ),
  takes(
    'one in a tier that passes on',
    tier('first').order(5).defaultAction('Pass'),
    globalNetworkPolicy('first.a')
      .tier('first')
      .namespaceSelector(pods)
      .order(1)
      .allowIngress({ source: web }),
    globalNetworkPolicy('first.b').tier('first').namespaceSelector(pods).order(2).allowIngress({}),
  ),
]

const values: ReadonlyArray<Case> = [
  finds(
    'a wildcard in a value',
    'label-value-impossible NetworkPolicy(shop/web) spec.selector',
    networkPolicy('web', 'shop').selector("app == 'web-*'").allowIngress({}),
  ),
  finds(
    'values of a set and parts of values that no label has',
    [
      'label-value-impossible NetworkPolicy(shop/api) spec.ingress[0].source.selector',
      'label-value-impossible NetworkPolicy(shop/api) spec.ingress[1].source.namespaceSelector',
      'label-value-impossible NetworkPolicy(shop/api) spec.ingress[2].source.notSelector',
    ],
    api
      .allowIngress({ protocol: 'TCP', source: { selector: "app in {'web', 'a b'}" } })
      .allowIngress({ protocol: 'UDP', source: { namespaceSelector: "team starts with 'a/b'" } })
      .allowIngress({ protocol: 'SCTP', source: { notSelector: `app != '${'a'.repeat(64)}'` } }),
  ),
  finds(
    'a wildcard in a policy of Kubernetes',
    'label-value-impossible KubernetesNetworkPolicy(shop/web) spec.selector',
    kubernetes('web', {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web-*'] }] },
    }),
  ),
  takes(
    'parts of values, empty values, and names that are longer than labels',
    networkPolicy('web', 'shop')
      .selector(
        `app starts with 'web-' && env != '' && projectcalico.org/serviceaccount != '${'a'.repeat(70)}'`,
      )
      .allowIngress({}),
  ),
]

const services: ReadonlyArray<Case> = [
  {
    ...finds(
      'a service without a namespace',
      'service-without-namespace GlobalNetworkPolicy(dns) spec.egress[0].destination.services',
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'GlobalNetworkPolicy',
        metadata: { name: 'dns' },
        spec: {
          namespaceSelector: pods,
          types: ['Egress'],
          egress: [{ action: 'Allow', destination: { services: { name: 'dns' } } }],
        },
      },
    ),
    isRefused: true,
  },
  takes(
    'a service with its namespace',
    api.allowEgress({ destination: { services: { name: 'dns', namespace: 'kube-system' } } }),
  ),
]

const sets: ReadonlyArray<Case> = [
  finds(
    'a namespaceSelector that says what is not meant, beside a global set',
    'namespace-selector-takes-more NetworkPolicy(shop/api) spec.ingress[0].source.namespaceSelector',
    globalNetworkSet('partners').nets('192.0.2.0/24'),
    api.allowIngress({ source: { namespaceSelector: "team != 'x'" } }),
  ),
  takes('the same without any set', api.allowIngress({ source: { namespaceSelector: "team != 'x'" } })),
  takes(
    'the same with a selector that no set has',
    globalNetworkSet('partners').nets('192.0.2.0/24'),
    api.allowIngress({ source: { namespaceSelector: "team != 'x'", selector: "role == 'web'" } }),
  ),
  takes(
    'a namespaceSelector that takes what is in a namespace, and one that means what is in none',
    globalNetworkSet('partners').nets('192.0.2.0/24'),
    api
      .allowIngress({
        protocol: 'TCP',
        source: { namespaceSelector: "has(projectcalico.org/name) && team != 'x'" },
      })
      .allowIngress({ protocol: 'UDP', source: { namespaceSelector: 'global()' } }),
  ),
]

const https = { protocol: 'TCP', destination: { ports: [443] } } as const

const kubeSystem = { namespaceSelector: "projectcalico.org/name == 'kube-system'" }

const names: ReadonlyArray<Case> = [
  finds(
    'a policy that allows one port out',
    'dns-cut-off NetworkPolicy(shop/api) spec.egress',
    api.allowEgress(https),
  ),
  finds(
    'one of Kubernetes that allows one port out',
    'dns-cut-off KubernetesNetworkPolicy(shop/api) spec.egress',
    kubernetes('api', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 443 }] }] }),
  ),
  takes(
    'one beside a policy that lets its pods reach DNS',
    api.allowEgress(https),
    networkPolicy('dns', 'shop').allowEgress({ protocol: 'UDP', destination: { ports: [53] } }),
  ),
  finds(
    'one whose DNS other policies deny before any allows it',
    'dns-cut-off NetworkPolicy(shop/api) spec.egress',
    globalNetworkPolicy('no-udp').namespaceSelector(pods).order(1).denyEgress({ protocol: 'UDP' }),
    api.order(2).allowEgress(https).denyEgress({ protocol: 'TCP' }),
    networkPolicy('dns', 'shop').order(3).allowEgress({ destination: kubeSystem }),
  ),
  finds(
    'one that denies the rest itself, before another one allows DNS',
    'dns-cut-off NetworkPolicy(shop/api) spec.egress',
    api.order(1).allowEgress(https).denyEgress(),
    networkPolicy('dns', 'shop').order(2).allowEgress({ destination: kubeSystem }),
  ),
  takes(
    'one whose DNS another policy denies to some of its pods, by one protocol, or later',
    networkPolicy('some', 'shop').selector("role == 'api' && has(closed)").order(0).denyEgress(),
    networkPolicy('udp', 'shop').order(0.5).denyEgress({ protocol: 'UDP' }),
    api.order(1).allowEgress(https).allowEgress({ destination: kubeSystem }),
    networkPolicy('late', 'shop').order(2).denyEgress(),
  ),
  takes(
    'one beside a policy that denies DNS by its port: that is meant',
    networkPolicy('no-dns', 'shop')
      .order(1)
      .denyEgress({ protocol: 'UDP', destination: { ports: [53] } })
      .denyEgress({ protocol: 'TCP', destination: { ports: [53] } }),
    api.order(2).allowEgress(https),
    networkPolicy('dns', 'shop').order(3).allowEgress({ destination: kubeSystem }),
  ),
  takes(
    'one beside a policy that lets some of its pods reach DNS',
    api.allowEgress(https),
    globalNetworkPolicy('dns')
      .namespaceSelector(pods)
      .selector('has(dns)')
      .allowEgress({ protocol: 'TCP', destination: { ports: [53] } }),
  ),
  takes('one that allows more than ports', api.allowEgress(https).allowEgress({ destination: web })),
  takes('one that isolates', api.types('Egress')),
  takes(
    'one that names a port that may be that of DNS',
    api.allowEgress(https).allowEgress({ protocol: 'UDP', destination: { ports: ['dns'] } }),
  ),
]

export const podCases: ReadonlyArray<Case> = [
  ...isolation,
  ...values,
  ...services,
  ...sets,
  ...names,
  takes('a policy for the whole cluster, of Kubernetes', cluster('a', { namespaces: {} })),
]
