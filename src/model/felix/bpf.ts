import {
  boolean,
  type Codec,
  integer,
  list,
  literal,
  literalSince,
  literalUntil,
  object,
  optional,
  pointed,
  string,
} from '../codec/codec.js'
import { StringMap } from '../meta/metadata.js'
import { Duration, Switch } from '../meta/scalars.js'
import { Port } from '../policy/port.js'

/** How long the BPF dataplane remembers a connection: durations, or `Auto` for the kernel's own. Since Calico 3.30. */
export interface BPFConntrackTimeouts {
  readonly creationGracePeriod?: string
  readonly tcpSynSent?: string
  readonly tcpEstablished?: string
  readonly tcpFinsSeen?: string
  readonly tcpResetSeen?: string
  readonly udpTimeout?: string
  readonly genericTimeout?: string
  readonly icmpTimeout?: string
}

const BPFConntrackTimeouts: Codec<BPFConntrackTimeouts> = object<BPFConntrackTimeouts>(
  'BPFConntrackTimeouts',
  {
    creationGracePeriod: optional(string),
    tcpSynSent: optional(string),
    tcpEstablished: optional(string),
    tcpFinsSeen: optional(string),
    tcpResetSeen: optional(string),
    udpTimeout: optional(string),
    genericTimeout: optional(string),
    icmpTimeout: optional(string),
  },
)

/** The eBPF dataplane. */
export interface FelixBPF {
  /** False by default. */
  readonly bpfEnabled?: boolean
  /** Whether unprivileged users are kept from BPF; true by default. */
  readonly bpfDisableUnprivileged?: boolean
  /** `Off` by default. */
  readonly bpfLogLevel?: 'Off' | 'Info' | 'Debug'
  /** pcap filters by interface; `all`, `weps` and `heps` stand for many. */
  readonly bpfLogFilters?: StringMap
  /** `all`, or nothing. */
  readonly bpfCTLBLogFilter?: string
  /** The interfaces to the network, as a regular expression. */
  readonly bpfDataIfacePattern?: string
  /** Tunnel interfaces that are not Calico's, as a regular expression. */
  readonly bpfL3IfacePattern?: string
  /** True by default. Deprecated: `bpfConnectTimeLoadBalancing` says it. */
  readonly bpfConnectTimeLoadBalancingEnabled?: boolean
  /** `TCP` by default. */
  readonly bpfConnectTimeLoadBalancing?: 'TCP' | Switch
  /** `Enabled` by default. */
  readonly bpfHostNetworkedNATWithoutCTLB?: Switch
  /** How traffic from outside reaches a pod of another node; `Tunnel` by default. */
  readonly bpfExternalServiceMode?: 'Tunnel' | 'DSR'
  /** Clients that get `Tunnel` in any case. */
  readonly bpfDSROptoutCIDRs?: ReadonlyArray<string>
  /** 0 by default. */
  readonly bpfExtToServiceConnmark?: number
  /** True by default. */
  readonly bpfKubeProxyIptablesCleanupEnabled?: boolean
  /** 1s by default. */
  readonly bpfKubeProxyMinSyncPeriod?: Duration
  /** Without effect; removed with Calico 3.32. */
  readonly bpfKubeProxyEndpointSlicesEnabled?: boolean
  /** `20000:29999` by default. */
  readonly bpfPSNATPorts?: Port
  /** 65536 entries by default. */
  readonly bpfMapSizeNATFrontend?: number
  /** 262144 entries by default. */
  readonly bpfMapSizeNATBackend?: number
  /** 65536 entries by default. */
  readonly bpfMapSizeNATAffinity?: number
  /** 262144 entries by default. */
  readonly bpfMapSizeRoute?: number
  /** 512000 entries by default. */
  readonly bpfMapSizeConntrack?: number
  /** 1048576 entries by default. */
  readonly bpfMapSizeIPSets?: number
  /** 1000 entries by default. */
  readonly bpfMapSizeIfState?: number
  /** True by default. */
  readonly bpfHostConntrackBypass?: boolean
  /** Reverse path filtering: `Disabled`, `Strict` or `Loose` (the default), in any case. */
  readonly bpfEnforceRPF?: string
  /** True by default. */
  readonly bpfPolicyDebugEnabled?: boolean
  /** Interfaces whose traffic Linux tracks; `docker+` by default. */
  readonly bpfForceTrackPacketsFromIfaces?: ReadonlyArray<string>
  /** As a regular expression. */
  readonly bpfDisableGROForIfaces?: string
  readonly bpfExcludeCIDRsFromNAT?: ReadonlyArray<string>
  /** `Enabled` by default. Since Calico 3.29; `L2Only` until 3.32. */
  readonly bpfRedirectToPeer?: Switch | 'L2Only'
  /** `TCX` by default. Since Calico 3.31; `Netkit` since 3.33. */
  readonly bpfAttachType?: 'TC' | 'TCX' | 'Netkit'
  /** `Off` by default. Since Calico 3.30. */
  readonly bpfConntrackLogLevel?: 'Off' | 'Debug'
  /** Since Calico 3.30. */
  readonly bpfConntrackMode?: 'Auto' | 'Userspace' | 'BPFProgram'
  /** Since Calico 3.30. */
  readonly bpfConntrackTimeouts?: BPFConntrackTimeouts
  /** 1 by default. Since Calico 3.30. */
  readonly bpfExportBufferSizeMB?: number
  /** Since Calico 3.30. */
  readonly bpfMapSizeConntrackCleanupQueue?: number
  /** `DoubleIfFull` by default. Since Calico 3.30. */
  readonly bpfMapSizeConntrackScaling?: 'Disabled' | 'DoubleIfFull'
  /** Since Calico 3.30. */
  readonly bpfMapSizePerCpuConntrack?: number
  /** `Disabled` by default. Since Calico 3.30. */
  readonly bpfProfiling?: Switch
  /** Where the health of services is told to load balancers; 10256 by default, 0 turns it off. Since Calico 3.30.5. */
  readonly bpfKubeProxyHealthzPort?: number
  /** Whether Felix lowers the kernel's hardening of BPF, which costs time; `Auto` by default. Since Calico 3.31. */
  readonly bpfJITHardening?: 'Auto' | 'Strict'
  /** 1 to 3000; 100 by default. Since Calico 3.32. */
  readonly bpfMaglevMaxEndpointsPerService?: number
  /** 1 to 3000; 100 by default. Since Calico 3.32. */
  readonly bpfMaglevMaxServices?: number
  /** How long fragments of a packet are waited for; the kernel's own by default. Since Calico 3.33. */
  readonly bpfIPFragTimeout?: Duration
  /** Whether fragments that come out of order are put together; true by default. Since Calico 3.33. */
  readonly bpfIPFragmentReassemblyEnabled?: boolean
  /** The source address of a host in tunnels to pods; `TunnelAddress` by default. Since Calico 3.33. */
  readonly bpfOverlayHostSourceIP?: 'TunnelAddress' | 'HostAddress'
}

export const bpf = {
  bpfEnabled: optional(boolean),
  bpfDisableUnprivileged: optional(boolean),
  bpfLogLevel: optional(literal('Off', 'Info', 'Debug')),
  bpfLogFilters: optional(StringMap),
  bpfCTLBLogFilter: optional(string),
  bpfDataIfacePattern: optional(string),
  bpfL3IfacePattern: optional(string),
  bpfConnectTimeLoadBalancingEnabled: optional(boolean),
  bpfConnectTimeLoadBalancing: optional(pointed('TCP', 'Enabled', 'Disabled')),
  bpfHostNetworkedNATWithoutCTLB: optional(pointed('Enabled', 'Disabled')),
  bpfExternalServiceMode: optional(literal('Tunnel', 'DSR')),
  bpfDSROptoutCIDRs: optional(list(string)),
  bpfExtToServiceConnmark: optional(integer),
  bpfKubeProxyIptablesCleanupEnabled: optional(boolean),
  bpfKubeProxyMinSyncPeriod: optional(Duration),
  bpfKubeProxyEndpointSlicesEnabled: optional(boolean, { until: '3.32' }),
  bpfPSNATPorts: optional(Port),
  bpfMapSizeNATFrontend: optional(integer),
  bpfMapSizeNATBackend: optional(integer),
  bpfMapSizeNATAffinity: optional(integer),
  bpfMapSizeRoute: optional(integer),
  bpfMapSizeConntrack: optional(integer),
  bpfMapSizeIPSets: optional(integer),
  bpfMapSizeIfState: optional(integer),
  bpfHostConntrackBypass: optional(boolean),
  bpfEnforceRPF: optional(string),
  bpfPolicyDebugEnabled: optional(boolean),
  bpfForceTrackPacketsFromIfaces: optional(list(string)),
  bpfDisableGROForIfaces: optional(string),
  bpfExcludeCIDRsFromNAT: optional(list(string)),
  bpfRedirectToPeer: optional(literalUntil(['Enabled', 'Disabled'], { L2Only: '3.32' }), '3.29'),
  bpfAttachType: optional(literalSince(['TC', 'TCX'], { Netkit: '3.33' }), '3.31'),
  bpfConntrackLogLevel: optional(literal('Off', 'Debug'), '3.30'),
  bpfConntrackMode: optional(literal('Auto', 'Userspace', 'BPFProgram'), '3.30'),
  bpfConntrackTimeouts: optional(BPFConntrackTimeouts, '3.30'),
  bpfExportBufferSizeMB: optional(integer, '3.30'),
  bpfMapSizeConntrackCleanupQueue: optional(integer, '3.30'),
  bpfMapSizeConntrackScaling: optional(literal('Disabled', 'DoubleIfFull'), '3.30'),
  bpfMapSizePerCpuConntrack: optional(integer, '3.30'),
  bpfProfiling: optional(Switch, '3.30'),
  bpfKubeProxyHealthzPort: optional(integer, '3.30.5'),
  bpfJITHardening: optional(pointed('Auto', 'Strict'), '3.31'),
  bpfMaglevMaxEndpointsPerService: optional(integer, '3.32'),
  bpfMaglevMaxServices: optional(integer, '3.32'),
  bpfIPFragTimeout: optional(Duration, '3.33'),
  bpfIPFragmentReassemblyEnabled: optional(boolean, '3.33'),
  bpfOverlayHostSourceIP: optional(pointed('TunnelAddress', 'HostAddress'), '3.33'),
}
