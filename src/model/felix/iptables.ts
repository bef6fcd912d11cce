import {
  boolean,
  type Codec,
  integer,
  integerFrom,
  literal,
  optional,
  pointed,
  string,
} from '../codec/codec.js'
import type { Switch } from '../meta/scalars.js'
import { Duration } from '../meta/scalars.js'

type FilterAllowAction = 'Accept' | 'Return'
const FilterAllowAction: Codec<FilterAllowAction> = literal('Accept', 'Return')

type FilterDenyAction = 'Drop' | 'Reject'
const FilterDenyAction: Codec<FilterDenyAction> = literal('Drop', 'Reject')

/** How Felix writes iptables, IP sets and nftables. */
export interface FelixIptables {
  /** `Auto` by default. */
  readonly iptablesBackend?: 'Auto' | 'Legacy' | 'NFT'
  /** Whether Felix's chains go before (`insert`, the default) or after (`append`) other rules, in any case. */
  readonly chainInsertMode?: string
  /** What happens to traffic from a pod to its host, after policy; `Drop` by default. */
  readonly defaultEndpointToHostAction?: 'Drop' | 'Accept' | 'Return'
  /** `Accept` by default. */
  readonly iptablesFilterAllowAction?: FilterAllowAction
  /** `Accept` by default. */
  readonly iptablesMangleAllowAction?: FilterAllowAction
  /** What happens to traffic that policy denies; `Drop` by default. */
  readonly iptablesFilterDenyAction?: FilterDenyAction
  /** The bits of packet marks that Felix may use, at least 8 of them; 0xffff0000 by default. */
  readonly iptablesMarkMask?: number
  /** The interfaces by which traffic of a `natOutgoing` pool leaves; all by default. */
  readonly iptablesNATOutgoingInterfaceFilter?: string
  /** 180s by default; 0 turns it off. */
  readonly iptablesRefreshInterval?: Duration
  /** How soon a write is read back; 5s by default. */
  readonly iptablesPostWriteCheckInterval?: Duration
  /** `/run/xtables.lock` by default; removed with Calico 3.32. */
  readonly iptablesLockFilePath?: string
  /** How long to wait for the lock; 0s, no lock, by default; removed with Calico 3.32. */
  readonly iptablesLockTimeout?: Duration
  /** 50ms by default. */
  readonly iptablesLockProbeInterval?: Duration
  /** 10s by default; 0 turns it off. */
  readonly ipsetsRefreshInterval?: Duration
  /** Members that an IP set may have; 1048576 by default. */
  readonly maxIpsetSize?: number
  /** Whether packets that connection tracking calls invalid are let through; false by default. */
  readonly disableConntrackInvalidCheck?: boolean
  /** Detected features to force: `name=true` and `name=false`, by commas. */
  readonly featureDetectOverride?: string
  /** Features on trial: `name=value`, by commas. */
  readonly featureGates?: string
  /** 10s by default. */
  readonly netlinkTimeout?: Duration
  /** `Disabled` by default. Since Calico 3.29. */
  readonly nftablesMode?: Switch | 'Auto'
  /** 90s by default. Since Calico 3.29. */
  readonly nftablesRefreshInterval?: Duration
  /** `Accept` by default. Since Calico 3.29. */
  readonly nftablesFilterAllowAction?: FilterAllowAction
  /** `Accept` by default. Since Calico 3.29. */
  readonly nftablesMangleAllowAction?: FilterAllowAction
  /** `Drop` by default. Since Calico 3.29. */
  readonly nftablesFilterDenyAction?: FilterDenyAction
  /** 0xffff0000 by default. Since Calico 3.29. */
  readonly nftablesMarkMask?: number
  /** What goes past nftables once policy has let it through; `Disabled` by default. Since Calico 3.33. */
  readonly nftablesFlowTableOffload?: 'All' | 'Disabled'
  /** The interfaces whose traffic is offloaded too, as a regular expression; none by default. Since Calico 3.33. */
  readonly nftablesFlowTableDataIfacePattern?: string
}

export const iptables = {
  iptablesBackend: optional(pointed('Auto', 'Legacy', 'NFT')),
  chainInsertMode: optional(string),
  defaultEndpointToHostAction: optional(literal('Drop', 'Accept', 'Return')),
  iptablesFilterAllowAction: optional(FilterAllowAction),
  iptablesMangleAllowAction: optional(FilterAllowAction),
  iptablesFilterDenyAction: optional(FilterDenyAction),
  iptablesMarkMask: optional(integerFrom(0, 0xffff_ffff)),
  iptablesNATOutgoingInterfaceFilter: optional(string),
  iptablesRefreshInterval: optional(Duration),
  iptablesPostWriteCheckInterval: optional(Duration),
  iptablesLockFilePath: optional(string, { until: '3.32' }),
  iptablesLockTimeout: optional(Duration, { until: '3.32' }),
  iptablesLockProbeInterval: optional(Duration),
  ipsetsRefreshInterval: optional(Duration),
  maxIpsetSize: optional(integer),
  disableConntrackInvalidCheck: optional(boolean),
  featureDetectOverride: optional(string),
  featureGates: optional(string),
  netlinkTimeout: optional(Duration),
  nftablesMode: optional(literal('Enabled', 'Disabled', 'Auto'), '3.29'),
  nftablesRefreshInterval: optional(Duration, '3.29'),
  nftablesFilterAllowAction: optional(FilterAllowAction, '3.29'),
  nftablesMangleAllowAction: optional(FilterAllowAction, '3.29'),
  nftablesFilterDenyAction: optional(FilterDenyAction, '3.29'),
  nftablesMarkMask: optional(integerFrom(0, 0xffff_ffff), '3.29'),
  nftablesFlowTableOffload: optional(pointed('All', 'Disabled'), '3.33'),
  nftablesFlowTableDataIfacePattern: optional(string, '3.33'),
}
