import {
  all,
  type EgressMatch,
  eq,
  globalNetworkPolicy,
  isolateNamespace,
  type Resource,
  userNamespaces,
} from 'typed-calico'
import type { Inputs, Level } from './inputs.js'

/** Kubernetes' own policies have this order in Calico: what pods may do is what any of them allows. */
const order = 1000

const dnsServers = { selector: eq('k8s-app', 'kube-dns') }
const userPods = { selector: all(), namespaceSelector: userNamespaces() }

const names = (['UDP', 'TCP'] as const).map(
  (protocol): EgressMatch => ({ protocol, destination: { ports: [53] } }),
)

const outside = ({ nodes, cluster, metadata }: Inputs): EgressMatch => {
  const notNets = [...nodes, ...cluster, ...metadata].filter((net) => !net.includes(':'))
  return { destination: { nets: ['0.0.0.0/0'], notNets } }
}

const egress = (level: Level, inputs: Inputs): ReadonlyArray<EgressMatch> => {
  switch (level) {
    case 'L1':
      return [outside(inputs), { destination: userPods }, { destination: dnsServers }]
    case 'L2':
      return [...names, { destination: userPods }, { destination: dnsServers }]
    case 'L3':
      return [...names, { destination: dnsServers }]
  }
}

const ingress = (level: Level) => (level === 'L2' ? [userPods, dnsServers] : [dnsServers])

/**
 * What karydia's `karydia-default-network-policy-l1` to `-l3` allow, for all namespaces at once. L1: no metadata
 * service, no nodes, no kube-system. L2: nor anything outside. L3: nor other namespaces. A namespace that is made
 * after L3 was applied has no traffic within itself before the next apply: it fails closed.
 */
export const levelPolicies = (inputs: Inputs): ReadonlyArray<Resource> => {
  const { level, except, namespaces } = inputs
  if (level === undefined) return []
  const named = globalNetworkPolicy(`karydia-${level.toLowerCase()}`)
    .order(order)
    .namespaceSelector(userNamespaces(...except))
    .types('Egress', ...(level === 'L1' ? [] : (['Ingress'] as const)))
  const out = egress(level, inputs).reduce((policy, match) => policy.allowEgress(match), named)
  if (level === 'L1') return [out]
  const both = ingress(level).reduce((policy, source) => policy.allowIngress({ source }), out)
  const within = level === 'L3' ? namespaces.filter((name) => !except.includes(name)) : []
  return [
    both,
    ...within.map((name) => isolateNamespace(name, { name: 'karydia-l3', dns: false }).order(order)),
  ]
}
