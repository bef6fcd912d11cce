import { type Codec, integerFrom, list, object, optional, string } from '../codec/codec.js'
import { type NamespacedResource, namespaced } from '../meta/envelope.js'
import { Protocol } from '../policy/protocol.js'

export interface WorkloadEndpointPort {
  readonly name?: string
  readonly protocol: Protocol
  readonly port: number
  /** The port of the host that is forwarded to it; 0 is none. */
  readonly hostPort?: number
  readonly hostIP?: string
}

const WorkloadEndpointPort: Codec<WorkloadEndpointPort> = object<WorkloadEndpointPort>(
  'WorkloadEndpointPort',
  {
    name: optional(string),
    protocol: Protocol,
    port: integerFrom(0, 65535),
    hostPort: optional(integerFrom(0, 65535)),
    hostIP: optional(string),
  },
)

/** One address from outside for one of the endpoint's. */
export interface IPNAT {
  readonly internalIP?: string
  readonly externalIP?: string
}

const IPNAT: Codec<IPNAT> = object<IPNAT>('IPNAT', {
  internalIP: optional(string),
  externalIP: optional(string),
})

/** **Source**: `libcalico-go/lib/apis/v3/workloadendpoint.go`. */
export interface WorkloadEndpointSpec {
  readonly orchestrator?: string
  readonly workload?: string
  readonly node?: string
  readonly containerID?: string
  readonly pod?: string
  readonly endpoint?: string
  readonly serviceAccountName?: string
  /** The endpoint's addresses, as `/32` and `/128`. */
  readonly ipNetworks?: ReadonlyArray<string>
  readonly ipNATs?: ReadonlyArray<IPNAT>
  readonly ipv4Gateway?: string
  readonly ipv6Gateway?: string
  /** Names of Profiles, applied after policy, in order. */
  readonly profiles?: ReadonlyArray<string>
  readonly interfaceName?: string
  readonly mac?: string
  readonly ports?: ReadonlyArray<WorkloadEndpointPort>
  /** CIDRs that the endpoint may send from though they are not its own. */
  readonly allowSpoofedSourcePrefixes?: ReadonlyArray<string>
}

export const WorkloadEndpointSpec: Codec<WorkloadEndpointSpec> = object<WorkloadEndpointSpec>(
  'WorkloadEndpointSpec',
  {
    orchestrator: optional(string),
    workload: optional(string),
    node: optional(string),
    containerID: optional(string),
    pod: optional(string),
    endpoint: optional(string),
    serviceAccountName: optional(string),
    ipNetworks: optional(list(string)),
    ipNATs: optional(list(IPNAT)),
    ipv4Gateway: optional(string),
    ipv6Gateway: optional(string),
    profiles: optional(list(string)),
    interfaceName: optional(string),
    mac: optional(string),
    ports: optional(list(WorkloadEndpointPort)),
    allowSpoofedSourcePrefixes: optional(list(string)),
  },
)

/** An interface of a pod or a virtual machine. On Kubernetes it stands for a pod, and is made from it. */
export interface WorkloadEndpoint extends NamespacedResource<'WorkloadEndpoint', WorkloadEndpointSpec> {}
export const WorkloadEndpoint: Codec<WorkloadEndpoint> = namespaced('WorkloadEndpoint', WorkloadEndpointSpec)
