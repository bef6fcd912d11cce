import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Invalid } from '../error.js'
import { decodeAs } from '../model/codec/codec.js'
import {
  ClusterNetworkPolicy,
  type ClusterPolicyEgressRule,
  type ClusterPolicyIngressRule,
  type ClusterPolicyPort,
  type ClusterPolicyProtocol,
} from '../model/kubernetes/cluster-network-policy.js'
import type { GlobalNetworkPolicy } from '../model/policy/global-network-policy.js'
import { parsePort } from '../model/policy/port.js'
import {
  type ClusterPolicyOptions,
  type ConvertedPolicy,
  clusterPolicy,
  unlessLoose,
} from './cluster-policy.js'
import type { ClusterPort, ClusterRule } from './cluster-rules.js'

const source = 'libcalico-go/lib/backend/k8s/conversion/clusternetworkpolicy.go'

/** All ports where none is given; to Go, 0 is none. */
const portOf = ({ number = 0, range }: ClusterPolicyPort = {}): Omit<ClusterPort, 'protocol'> => {
  if (number !== 0) return { port: number }
  if (range === undefined) return {}
  const port = parsePort(`${range.start}:${range.end}`)
  return port === undefined ? { fault: `the range ${range.start} to ${range.end} is empty` } : { port }
}

/** The first that is given counts. A port by name goes without a protocol. */
const protocolOf = ({ tcp, udp, sctp, destinationNamedPort }: ClusterPolicyProtocol): ClusterPort => {
  if (tcp !== undefined) return { protocol: 'TCP', ...portOf(tcp.destinationPort) }
  if (udp !== undefined) return { protocol: 'UDP', ...portOf(udp.destinationPort) }
  if (sctp !== undefined) return { protocol: 'SCTP', ...portOf(sctp.destinationPort) }
  if (!destinationNamedPort) return {}
  const port = parsePort(destinationNamedPort)
  return typeof port === 'string' ? { port } : { fault: 'this is not the name of a port' }
}

const ruleOf = (rule: ClusterPolicyIngressRule | ClusterPolicyEgressRule): ClusterRule => ({
  name: rule.name,
  action: rule.action === 'Accept' ? 'Allow' : rule.action,
  ports: (rule.protocols ?? []).map(protocolOf),
  peers: 'from' in rule ? rule.from : rule.to,
})

/** What Calico makes of it; the issues say where it does not take it as it is. */
export const convertClusterNetworkPolicy = (value: unknown): E.Either<Invalid, ConvertedPolicy> =>
  pipe(
    decodeAs(ClusterNetworkPolicy, value),
    E.chain(({ metadata, spec }) =>
      clusterPolicy({
        name: metadata.name,
        tier: spec.tier === 'Admin' ? 'kube-admin' : 'kube-baseline',
        order: spec.priority,
        subject: spec.subject,
        ingress: (spec.ingress ?? []).map(ruleOf),
        egress: (spec.egress ?? []).map(ruleOf),
        fields: { ports: 'protocols', source },
      }),
    ),
  )

/**
 * The policy that Calico itself makes of a Kubernetes ClusterNetworkPolicy, from 3.32 on: in the tier `kube-admin` or
 * `kube-baseline`, its order the priority. The name stays; one rule for each protocol and peer.
 *
 * Where Calico does not take it as it is, it is refused, unless `lenient`: peers by nodes or domain names. A rule that accepts
 * them is left out, another denies everything.
 *
 * **Errors**: `Invalid`: as `decode`, and the above.
 * **Source**: 3.32 `libcalico-go/lib/backend/k8s/conversion/clusternetworkpolicy.go`.
 *
 * @example
 * fromClusterNetworkPolicy({
 *   apiVersion: 'policy.networking.k8s.io/v1beta1',
 *   kind: 'ClusterNetworkPolicy',
 *   metadata: { name: 'monitoring' },
 *   spec: {
 *     tier: 'Admin',
 *     priority: 10,
 *     subject: { namespaces: {} },
 *     ingress: [{ action: 'Accept', from: [{ namespaces: { matchLabels: { team: 'monitoring' } } }] }],
 *   },
 * }) // => Right, a GlobalNetworkPolicy of order 10 in the tier kube-admin
 */
export const fromClusterNetworkPolicy = (
  value: unknown,
  options: ClusterPolicyOptions = {},
): E.Either<Invalid, GlobalNetworkPolicy> =>
  E.chain((converted: ConvertedPolicy) => unlessLoose(converted, options))(convertClusterNetworkPolicy(value))
