import type { Protocol } from '../../model/protocol.js'
import type { Labels } from '../../selector/ast.js'

/** A pod, with what Calico knows of it. */
export interface Workload {
  readonly _tag: 'Workload'
  readonly namespace: string
  readonly labels?: Labels
  /** The namespace's own labels; `projectcalico.org/name` and `kubernetes.io/metadata.name` are added. */
  readonly namespaceLabels?: Labels
  readonly serviceAccount?: string
  readonly serviceAccountLabels?: Labels
  readonly ip?: string
  /** The names of its ports. */
  readonly namedPorts?: Readonly<Record<string, number>>
}

/** An address that is no endpoint of Calico's: the internet, a node without a HostEndpoint, a service of the cluster. */
export interface Address {
  readonly _tag: 'Address'
  readonly ip: string
}

/**
 * Many such addresses, as CIDRs. The internet and all else is `{ _tag: 'Network', nets: ['0.0.0.0/0'] }`.
 */
export interface Network {
  readonly _tag: 'Network'
  readonly nets: ReadonlyArray<string>
}

/** One end of a flow. */
export type Endpoint = Workload | Address

const prefixed = (prefix: string, labels: Labels): ReadonlyArray<readonly [string, string]> =>
  Object.entries(labels).map(([key, value]) => [`${prefix}${key}`, value])

/**
 * The labels that Felix evaluates selectors on: the pod's own, those of its namespace and service account under
 * prefixes, and Calico's own three.
 *
 * **Source**: `libcalico-go/lib/backend/k8s/conversion/workload_endpoint_default.go`, `conversion/constants.go`.
 */
export const effectiveLabels = (workload: Workload): Labels => {
  const { namespace, labels = {}, namespaceLabels = {}, serviceAccount, serviceAccountLabels = {} } = workload
  const named = {
    'kubernetes.io/metadata.name': namespace,
    ...namespaceLabels,
    'projectcalico.org/name': namespace,
  }
  return Object.fromEntries([
    ...prefixed('pcns.', named),
    ...prefixed('pcsa.', {
      ...serviceAccountLabels,
      ...(serviceAccount ? { 'projectcalico.org/name': serviceAccount } : {}),
    }),
    ...Object.entries(labels),
    ['projectcalico.org/namespace', namespace],
    ['projectcalico.org/orchestrator', 'k8s'],
    ...(serviceAccount === undefined ? [] : [['projectcalico.org/serviceaccount', serviceAccount] as const]),
  ])
}

/** What is sent, whoever sends it. */
export interface Packet {
  readonly protocol: Protocol
  /** The destination's port, for protocols that have ports. */
  readonly port?: number
  /** Any when left out. */
  readonly sourcePort?: number
  readonly icmp?: { readonly type: number; readonly code: number }
}

/** A connection that is tried: from one end to a port of the other. */
export interface Flow extends Packet {
  readonly from: Endpoint
  readonly to: Endpoint
}
