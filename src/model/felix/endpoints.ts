import {
  boolean,
  type Codec,
  integer,
  integerFrom,
  list,
  literal,
  object,
  optional,
  pointed,
  string,
} from '../codec/codec.js'
import type { Switch } from '../meta/scalars.js'
import { Duration } from '../meta/scalars.js'
import { Port } from '../policy/port.js'
import { DSCP } from './dscp.js'

/** A port that policy cannot close. */
export interface ProtoPort {
  /** `TCP` (the default), `UDP` or `SCTP`, in any case. */
  readonly protocol?: string
  readonly port?: number
  /** A CIDR; all addresses when left out. */
  readonly net?: string
}

const ProtoPort: Codec<ProtoPort> = object<ProtoPort>('ProtoPort', {
  protocol: optional(string),
  port: optional(integerFrom(0, 65535)),
  net: optional(string),
})

/** Which interfaces Felix looks after, and what it runs on. */
export interface FelixEndpoints {
  /** The prefix of pods' interfaces; `cali` by default. */
  readonly interfacePrefix?: string
  /** Interfaces that are no host endpoints, by commas; a regular expression between slashes. `kube-ipvs0` by default. */
  readonly interfaceExclude?: string
  /** 90s by default; 0 turns it off. */
  readonly interfaceRefreshInterval?: Duration
  /** Ports of a host that stay open whatever policy says. `[]` closes them; SSH, DHCP, BGP, etcd, Kubernetes' API by default. */
  readonly failsafeInboundHostPorts?: ReadonlyArray<ProtoPort>
  /** Ports that a host reaches whatever policy says. `[]` closes them; DNS, DHCP, BGP, etcd, Kubernetes' API by default. */
  readonly failsafeOutboundHostPorts?: ReadonlyArray<ProtoPort>
  /** `30000:32767` by default. Only with kube-proxy's IPVS mode. */
  readonly kubeNodePortRanges?: ReadonlyArray<Port>
  /** True by default. */
  readonly ipv6Support?: boolean
  /** Whether pods may send from addresses that are not theirs; `Disabled` by default. */
  readonly workloadSourceSpoofing?: 'Disabled' | 'Any'
  /** `Disabled` by default. */
  readonly floatingIPs?: Switch
  /** True by default. */
  readonly xdpEnabled?: boolean
  /** False by default. */
  readonly genericXDPEnabled?: boolean
  /** 90s by default; 0 turns it off. */
  readonly xdpRefreshInterval?: Duration
  /** False by default. */
  readonly sidecarAccelerationEnabled?: boolean
  /** Where policy is told to others, such as Envoy; nowhere by default. */
  readonly policySyncPathPrefix?: string
  /** `DoNothing` by default. */
  readonly awsSrcDstCheck?: 'DoNothing' | 'Enable' | 'Disable'
  /** Whose metadata virtual machines may ask for; `127.0.0.1` by default. */
  readonly metadataAddr?: string
  /** 8775 by default. */
  readonly metadataPort?: number
  readonly openstackRegion?: string
  /** `Disabled` by default. */
  readonly windowsManageFirewallRules?: Switch
  /** True by default. */
  readonly useInternalDataplaneDriver?: boolean
  /** The program that is run when `useInternalDataplaneDriver` is false. */
  readonly dataplaneDriver?: string
  /** Go's GOGC, in percent; 40 by default, -1 turns garbage collection off. */
  readonly goGCThreshold?: number
  /** In MB; -1, no limit, by default. */
  readonly goMemoryLimitMB?: number
  /** -1, all, by default. Since Calico 3.30. */
  readonly goMaxProcs?: number
  /** Since Calico 3.30. */
  readonly cgroupV2Path?: string
  readonly debugMemoryProfilePath?: string
  readonly debugDisableLogDropping?: boolean
  readonly debugSimulateCalcGraphHangAfter?: Duration
  readonly debugSimulateDataplaneHangAfter?: Duration
  readonly debugSimulateDataplaneApplyDelay?: Duration
  /** `localhost` by default. */
  readonly debugHost?: string
  /** None by default. */
  readonly debugPort?: number
  /**
   * The nodes that this configuration is for; never in the one named `default`, nor in `node.<name>`. Of several that match, the
   * oldest counts. Since Calico 3.32.
   */
  readonly nodeSelector?: string
  /** Whether Felix works together with Istio's ambient mode; `Disabled` by default. Since Calico 3.32. */
  readonly istioAmbientMode?: Switch
  /** The mark of traffic on its way to Istio's ztunnel; 23 by default. Since Calico 3.32. */
  readonly istioDSCPMark?: DSCP
}

export const endpoints = {
  interfacePrefix: optional(string),
  interfaceExclude: optional(string),
  interfaceRefreshInterval: optional(Duration),
  failsafeInboundHostPorts: optional(list(ProtoPort)),
  failsafeOutboundHostPorts: optional(list(ProtoPort)),
  kubeNodePortRanges: optional(list(Port)),
  ipv6Support: optional(boolean),
  workloadSourceSpoofing: optional(literal('Disabled', 'Any')),
  floatingIPs: optional(pointed('Enabled', 'Disabled')),
  xdpEnabled: optional(boolean),
  genericXDPEnabled: optional(boolean),
  xdpRefreshInterval: optional(Duration),
  sidecarAccelerationEnabled: optional(boolean),
  policySyncPathPrefix: optional(string),
  awsSrcDstCheck: optional(pointed('DoNothing', 'Enable', 'Disable')),
  metadataAddr: optional(string),
  metadataPort: optional(integer),
  openstackRegion: optional(string),
  windowsManageFirewallRules: optional(pointed('Enabled', 'Disabled')),
  useInternalDataplaneDriver: optional(boolean),
  dataplaneDriver: optional(string),
  goGCThreshold: optional(integer),
  goMemoryLimitMB: optional(integer),
  goMaxProcs: optional(integer, '3.30'),
  cgroupV2Path: optional(string, '3.30'),
  debugMemoryProfilePath: optional(string),
  debugDisableLogDropping: optional(boolean),
  debugSimulateCalcGraphHangAfter: optional(Duration),
  debugSimulateDataplaneHangAfter: optional(Duration),
  debugSimulateDataplaneApplyDelay: optional(Duration),
  debugHost: optional(string),
  debugPort: optional(integer),
  nodeSelector: optional(string, '3.32'),
  istioAmbientMode: optional(pointed('Enabled', 'Disabled'), '3.32'),
  istioDSCPMark: optional(DSCP, '3.32'),
}
