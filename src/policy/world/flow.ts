import type { Protocol } from '../../model/policy/protocol.js'
import type { IPVersion } from '../../model/policy/rule.js'
import { protocolNumber, protocolsWithPorts, protocolsWithTypes } from '../../net/protocol-number.js'
import type { Labels } from '../../selector/ast.js'

/** A port that rules may name. **Shape**: `port` 1 to 65535. */
export interface NamedPort {
  readonly name: string
  readonly port: number
  /** TCP when left out, as in Kubernetes. */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP'
}

/**
 * A pod, with what Calico knows of it. What is left out is not known, and what hangs on it is `unknown`; only a pod
 * without `labels` has none. For a pod without a service account, `serviceAccount` is empty.
 */
export interface Workload {
  readonly _tag: 'Workload'
  readonly namespace: string
  /** For texts about it. */
  readonly name?: string
  readonly labels?: Labels
  /** The namespace's own labels; `projectcalico.org/name` and `kubernetes.io/metadata.name` are added. */
  readonly namespaceLabels?: Labels
  readonly serviceAccount?: string
  readonly serviceAccountLabels?: Labels
  readonly ip?: string
  /** In place of `ip`, where it has an address of each family. */
  readonly ips?: ReadonlyArray<string>
  /** The ports with a name; in the short form they are ports of TCP. */
  readonly namedPorts?: Readonly<Record<string, number>> | ReadonlyArray<NamedPort>
  /** The node that it runs on: where host endpoints are on its way, that counts. */
  readonly node?: string
}

/** An address: of the internet, of a service, or of a pod or a node, which it then stands for in a compiled world that has it. */
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

/**
 * A node of the world itself, or a process on its network. Without an interface or an address it is whatever the node
 * has, and what hangs on which one is `unknown`.
 */
export interface NodeEnd {
  readonly _tag: 'Node'
  readonly name: string
  /** By which it meets what is outside of it, and whose addresses it then has. */
  readonly interface?: string
  /** One of its addresses, where it has several. */
  readonly ip?: string
}

/** One end of a flow. */
export type Endpoint = Workload | Address | NodeEnd

/** Whether it is one: what types cannot see. */
export const isEndpoint = (value: unknown): value is Endpoint => {
  const { _tag, namespace, ip, name } = Object(value)
  if (_tag === 'Workload') return typeof namespace === 'string'
  return typeof (_tag === 'Address' ? ip : _tag === 'Node' ? name : undefined) === 'string'
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
  /** Where both ends have addresses of both families, and it matters. */
  readonly ipVersion?: IPVersion
  /** The interface by which nodes meet the outside and each other, where an end does not name one, and it matters. */
  readonly interface?: string
  /**
   * Where it was sent to before a node turned it to where it goes: the address of a service, or a node's with a
   * NodePort. What is asked before that sees this; all else sees `to` and `port`.
   */
  readonly beforeDNAT?: { readonly ip: string; readonly port: number }
  /** A node that passes it on and is neither end, and the interfaces by which it comes there and goes on. */
  readonly through?: { readonly node: string; readonly in?: string; readonly out?: string }
}

/** Whether packets of the protocol have ports. */
export const hasPorts = (protocol: Protocol): boolean => protocolsWithPorts.includes(protocolNumber(protocol))

/** Whether packets of the protocol have a type and a code. */
export const hasTypes = (protocol: Protocol): boolean => protocolsWithTypes.includes(protocolNumber(protocol))
