import {
  boolean,
  type Codec,
  integer,
  list,
  literal,
  literalSince,
  object,
  optional,
  orEmpty,
  string,
} from '../codec/codec.js'
import { StatusCondition } from '../meta/condition.js'
import { type GlobalResource, globalHead } from '../meta/envelope.js'

/** Where traffic between nodes is put into a tunnel: nowhere, everywhere, or between subnets only. */
export type TunnelMode = 'Never' | 'Always' | 'CrossSubnet'
export const TunnelMode: Codec<TunnelMode> = literal('Never', 'Always', 'CrossSubnet')

/** `LoadBalancer` since Calico 3.30, and only by itself. */
export type IPPoolUse = 'Workload' | 'Tunnel' | 'LoadBalancer'
export const IPPoolUse: Codec<IPPoolUse> = literalSince(['Workload', 'Tunnel'], { LoadBalancer: '3.30' })

/** **Source**: `api/pkg/apis/projectcalico/v3/ippool.go`. */
export interface IPPoolSpec {
  /** The pool, as a CIDR with its host bits zero. Cannot be changed. */
  readonly cidr: string
  /** `Never` by default. Excludes `ipipMode`. */
  readonly vxlanMode?: TunnelMode
  /** `Never` by default. Excludes `vxlanMode`; IPv4 only. */
  readonly ipipMode?: TunnelMode
  /** Whether traffic from the pool that leaves all pools gets the node's address; false by default. */
  readonly natOutgoing?: boolean
  /** Whether no more addresses are taken from it; false by default. */
  readonly disabled?: boolean
  /** Whether its routes are kept from BGP; false by default. Since Calico 3.21. */
  readonly disableBGPExport?: boolean
  /** Bits of the prefix of a node's block: 20 to 32, 26 by default; for IPv6 116 to 128, 122 by default. */
  readonly blockSize?: number
  /** The nodes that take addresses from it; `all()` by default. */
  readonly nodeSelector?: string
  /** The namespaces whose pods take addresses from it. Since Calico 3.32. */
  readonly namespaceSelector?: string
  /** `['Workload', 'Tunnel']` by default. Since Calico 3.21. */
  readonly allowedUses?: ReadonlyArray<IPPoolUse>
  /** `Manual`: only for who asks for this pool; `Automatic` by default. Since Calico 3.30. */
  readonly assignmentMode?: 'Automatic' | 'Manual'
}

export const IPPoolSpec: Codec<IPPoolSpec> = object<IPPoolSpec>('IPPoolSpec', {
  cidr: string,
  vxlanMode: optional(TunnelMode),
  ipipMode: optional(TunnelMode),
  natOutgoing: optional(boolean),
  disabled: optional(boolean),
  disableBGPExport: optional(boolean, '3.21'),
  blockSize: optional(integer),
  nodeSelector: optional(string),
  namespaceSelector: optional(string, '3.32'),
  allowedUses: optional(list(IPPoolUse), '3.21'),
  assignmentMode: optional(literal('Automatic', 'Manual'), '3.30'),
})

/** What a cluster in native mode says of a pool: whether addresses come from it. Since Calico 3.32. */
export interface IPPoolStatus {
  readonly conditions?: ReadonlyArray<StatusCondition>
}

const IPPoolStatus: Codec<IPPoolStatus> = object<IPPoolStatus>('IPPoolStatus', {
  conditions: optional(list(StatusCondition)),
})

/** Addresses that Calico gives to pods, tunnels or services. */
export interface IPPool extends GlobalResource<'IPPool', IPPoolSpec> {
  readonly status?: IPPoolStatus
}

export const IPPool: Codec<IPPool> = object<IPPool>('IPPool', {
  ...globalHead('IPPool'),
  spec: orEmpty(IPPoolSpec),
  status: optional(IPPoolStatus, '3.32'),
})
