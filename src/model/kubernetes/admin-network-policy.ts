import { type Codec, integerFrom, json, list, literal, object, optional, string } from '../codec/codec.js'
import { GlobalMetadata } from '../meta/metadata.js'
import { ClusterPolicyIngressPeer, ClusterPolicyPeer, ClusterPolicySubject } from './cluster-policy-peer.js'

type PortProtocol = 'TCP' | 'UDP' | 'SCTP'

/** Exactly one is given; the protocol is TCP by default. **Source**: network-policy-api v1alpha1, AdminNetworkPolicyPort. */
export interface AdminPolicyPort {
  readonly portNumber?: { readonly protocol?: PortProtocol; readonly port: number }
  /** Calico takes it for every protocol and port. */
  readonly namedPort?: string
  readonly portRange?: { readonly protocol?: PortProtocol; readonly start: number; readonly end: number }
}

const PortProtocol: Codec<PortProtocol> = literal('TCP', 'UDP', 'SCTP')
const PortNumber = integerFrom(0, 65535)

const AdminPolicyPort: Codec<AdminPolicyPort> = object<AdminPolicyPort>('AdminNetworkPolicyPort', {
  portNumber: optional(
    object<NonNullable<AdminPolicyPort['portNumber']>>('Port', {
      protocol: optional(PortProtocol),
      port: PortNumber,
    }),
  ),
  namedPort: optional(string),
  portRange: optional(
    object<NonNullable<AdminPolicyPort['portRange']>>('PortRange', {
      protocol: optional(PortProtocol),
      start: PortNumber,
      end: PortNumber,
    }),
  ),
})

interface AdminRule<Action> {
  readonly name?: string
  readonly action: Action
  /** All protocols and ports when left out. */
  readonly ports?: ReadonlyArray<AdminPolicyPort>
}

export interface AdminIngressRule<Action> extends AdminRule<Action> {
  readonly from: ReadonlyArray<ClusterPolicySubject>
}

export interface AdminEgressRule<Action> extends AdminRule<Action> {
  readonly to: ReadonlyArray<ClusterPolicyPeer>
}

const common = { name: optional(string), ports: optional(list(AdminPolicyPort)) }

interface AdminRules<Action> {
  readonly subject: ClusterPolicySubject
  readonly ingress?: ReadonlyArray<AdminIngressRule<Action>>
  readonly egress?: ReadonlyArray<AdminEgressRule<Action>>
}

type AdminAction = 'Allow' | 'Deny' | 'Pass'
type BaselineAction = 'Allow' | 'Deny'

const AdminAction: Codec<AdminAction> = literal('Allow', 'Deny', 'Pass')
const BaselineAction: Codec<BaselineAction> = literal('Allow', 'Deny')

/** **Shape**: `priority` 0 to 1000; the smaller goes first. */
export interface AdminNetworkPolicySpec extends AdminRules<AdminAction> {
  readonly priority: number
}

const version = 'policy.networking.k8s.io/v1alpha1'

/**
 * A policy of the cluster's administrators, before all others. Calico 3.29 to 3.31 enforce it.
 *
 * **Source**: network-policy-api v1alpha1, AdminNetworkPolicy.
 */
export interface AdminNetworkPolicy {
  readonly apiVersion: typeof version
  readonly kind: 'AdminNetworkPolicy'
  readonly metadata: GlobalMetadata
  readonly spec: AdminNetworkPolicySpec
  readonly status?: unknown
}

export const AdminNetworkPolicy: Codec<AdminNetworkPolicy> = object<AdminNetworkPolicy>(
  'AdminNetworkPolicy',
  {
    apiVersion: literal(version),
    kind: literal('AdminNetworkPolicy'),
    metadata: GlobalMetadata,
    spec: object<AdminNetworkPolicySpec>('AdminNetworkPolicySpec', {
      priority: integerFrom(0, 1000),
      subject: ClusterPolicySubject,
      ingress: optional(
        list(
          object<AdminIngressRule<AdminAction>>('IngressRule', {
            ...common,
            action: AdminAction,
            from: list(ClusterPolicyIngressPeer),
          }),
        ),
      ),
      egress: optional(
        list(
          object<AdminEgressRule<AdminAction>>('EgressRule', {
            ...common,
            action: AdminAction,
            to: list(ClusterPolicyPeer),
          }),
        ),
      ),
    }),
    status: optional(json),
  },
)

export interface BaselineAdminNetworkPolicySpec extends AdminRules<BaselineAction> {}

/**
 * The one policy of the cluster's administrators after all others. Calico 3.30 and 3.31 enforce it.
 *
 * **Source**: network-policy-api v1alpha1, BaselineAdminNetworkPolicy.
 */
export interface BaselineAdminNetworkPolicy {
  readonly apiVersion: typeof version
  readonly kind: 'BaselineAdminNetworkPolicy'
  readonly metadata: GlobalMetadata
  readonly spec: BaselineAdminNetworkPolicySpec
  readonly status?: unknown
}

export const BaselineAdminNetworkPolicy: Codec<BaselineAdminNetworkPolicy> =
  object<BaselineAdminNetworkPolicy>('BaselineAdminNetworkPolicy', {
    apiVersion: literal(version),
    kind: literal('BaselineAdminNetworkPolicy'),
    metadata: GlobalMetadata,
    spec: object<BaselineAdminNetworkPolicySpec>('BaselineAdminNetworkPolicySpec', {
      subject: ClusterPolicySubject,
      ingress: optional(
        list(
          object<AdminIngressRule<BaselineAction>>('IngressRule', {
            ...common,
            action: BaselineAction,
            from: list(ClusterPolicyIngressPeer),
          }),
        ),
      ),
      egress: optional(
        list(
          object<AdminEgressRule<BaselineAction>>('EgressRule', {
            ...common,
            action: BaselineAction,
            to: list(ClusterPolicyPeer),
          }),
        ),
      ),
    }),
    status: optional(json),
  })
