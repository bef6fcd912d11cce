import { eq, globalNetworkPolicy, guardrails, type Resource, userNamespaces } from 'typed-calico'
import { hostRecipes } from './hosts.js'
import type { Inputs } from './inputs.js'
import { levelPolicies } from './levels.js'

const tier = 'karydia'

/** SSH, etcd, the kubelet's and kube-proxy's. */
const nodePorts = [22, 2379, 2380, 10250, 10255, 10256]
/** Without 10256: the cloud's load balancers ask there whether a node is healthy. */
const hostPorts = [22, 2379, 2380, 10250, 10255]

/** A rule of Calico's has addresses of one IP version. */
const byFamily = (nets: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  [nets.filter((net) => !net.includes(':')), nets.filter((net) => net.includes(':'))].filter(
    (family) => family.length > 0,
  )

/** A tier that passes on what it does not deny. */
const passesOn = (calico: string): boolean => Number(calico.split('.')[1]) >= 29

const before = (calico: string, name: string) =>
  passesOn(calico)
    ? globalNetworkPolicy(`${tier}.${name}`).tier(tier)
    : globalNetworkPolicy(`${tier}-${name}`)

/** What no other policy can allow. Traffic of a pod to its own node never meets a host endpoint: it is stopped here. */
const guards = (inputs: Inputs, calico: string): ReadonlyArray<Resource> => {
  const workloads = userNamespaces(...inputs.except)
  const metadata = before(calico, 'block-metadata').order(10).namespaceSelector(workloads)
  const nodes = before(calico, 'protect-nodes').order(20).namespaceSelector(workloads)
  return [
    byFamily(inputs.metadata).reduce(
      (policy, nets) => policy.denyEgress({ destination: { nets } }),
      metadata.types('Egress'),
    ),
    byFamily(inputs.nodes).reduce(
      (policy, nets) => policy.denyEgress({ protocol: 'TCP', destination: { nets, ports: nodePorts } }),
      nodes.types('Egress'),
    ),
  ]
}

/**
 * What comes to the nodes from elsewhere than nodes, at the host endpoints that Calico makes by itself. Ingress only:
 * a host endpoint whose egress is restricted cuts the node off from an API server on 443.
 */
const hosts = ({ nodes, hostEndpoints }: Inputs, calico: string): ReadonlyArray<Resource> => {
  if (!hostEndpoints) return []
  const named = before(calico, 'host-ingress')
    .order(30)
    .selector(eq('projectcalico.org/created-by', 'calico-kube-controllers'))
    .types('Ingress')
  const denied = byFamily(nodes)
    .reduce((policy, nets) => policy.allowIngress({ source: { nets } }), named)
    .denyIngress({ protocol: 'TCP', destination: { ports: hostPorts } })
  return [passesOn(calico) ? denied : denied.allowIngress()]
}

/**
 * karydia's host security. Since Calico 3.29 the denials are in a tier of their own, which passes on what it does not
 * deny. Before, there is the default tier only, where a pod that is selected and allowed nothing is cut off: there
 * they need a level, or karydia's own policies, for the same pods, which do the allowing.
 */
export const policies = (inputs: Inputs, calico: string): ReadonlyArray<Resource> => {
  if (!passesOn(calico) && inputs.level === undefined && !inputs.reconciled) {
    throw new Error(
      `Calico ${calico} has no tier that passes on: set config.calico.level or features.defaultNetworkPolicy, ` +
        'or denials alone would cut all pods off',
    )
  }
  return [
    ...(passesOn(calico) ? [guardrails(tier)] : []),
    ...guards(inputs, calico),
    ...hosts(inputs, calico),
    ...hostRecipes(inputs),
    ...levelPolicies(inputs),
  ]
}
