export { edit } from './build/edit.js'
export {
  type GlobalNetworkPolicyBuilder,
  globalNetworkPolicy,
  type StagedGlobalNetworkPolicyBuilder,
  stagedGlobalNetworkPolicy,
} from './build/global-network-policy.js'
export type {
  OnForward,
  OnForwardWithEgress,
  PreDNAT,
  Untracked,
  WithEgress,
} from './build/global-policy-state.js'
export { type HostEndpointBuilder, type HostPort, hostEndpoint } from './build/host-endpoint.js'
export type { EgressMatch, IngressAllowMatch, IngressMatch } from './build/match.js'
export {
  type NetworkPolicyBuilder,
  networkPolicy,
  type StagedNetworkPolicyBuilder,
  stagedNetworkPolicy,
} from './build/network-policy.js'
export {
  type GlobalNetworkSetBuilder,
  globalNetworkSet,
  type NetworkSetBuilder,
  networkSet,
} from './build/network-set.js'
export { patch } from './build/patch.js'
export { type DefaultDenyOptions, defaultDeny } from './build/recipe/default-deny.js'
export { allowDns, type DnsOptions } from './build/recipe/dns.js'
export {
  blockMetadata,
  type GuardrailOptions,
  guardrails,
  metadataNets,
  type ProtectNodesOptions,
  protectNodes,
} from './build/recipe/guardrails.js'
export { type HostEgressOptions, hostEgress } from './build/recipe/host-egress.js'
export { automaticHostEndpoints, type HostPolicyOptions } from './build/recipe/host-policy.js'
export { metadataFromNodesOnly } from './build/recipe/metadata-from-nodes.js'
export { userNamespaces } from './build/recipe/namespaces.js'
export { type NodePortsOptions, nodePortsFrom } from './build/recipe/node-ports.js'
export { failsafePortsFrom, type ProtectHostsOptions, protectHosts } from './build/recipe/protect-hosts.js'
export { allowWithinNamespace, isolateNamespace } from './build/recipe/within-namespace.js'
export { type LiteralBuilder, type LiteralKind, resource } from './build/resource.js'
export { type EgressRule, egress, type IngressRule, ingress } from './build/rule.js'
export {
  type StagedKubernetesNetworkPolicyBuilder,
  stagedKubernetesNetworkPolicy,
} from './build/staged-kubernetes-network-policy.js'
export type { SelectorInput } from './build/stored.js'
export { type TierBuilder, tier } from './build/tier.js'
export { type CheckOptions, check, checkRules } from './check/check.js'
export { type DecodeAndCheckOptions, decodeAndCheck } from './check/decode-and-check.js'
export type { CheckRule, RefusedBy } from './check/engine/constraint.js'
export type { ClusterPolicyOptions } from './convert/cluster-policy.js'
export { fromAdminNetworkPolicy } from './convert/from-admin-network-policy.js'
export { fromClusterNetworkPolicy } from './convert/from-cluster-network-policy.js'
export { type ConvertOptions, fromKubernetes } from './convert/from-kubernetes.js'
export {
  explain,
  type Failure,
  type Invalid,
  type Issue,
  orThrow,
  type Path,
  type Position,
  printPath,
  toError,
} from './error.js'
export type { HostEndpoint } from './model/host/host-endpoint.js'
export { type KindFacts, kindFacts } from './model/kind.js'
export type { GlobalMetadata, NamespacedMetadata, StringMap } from './model/meta/metadata.js'
export type { PatchedKind, PatchSpec } from './model/patch.js'
export type { EntityRule, ServiceAccountMatch, ServiceMatch } from './model/policy/entity-rule.js'
export type { GlobalNetworkPolicy, GlobalNetworkPolicySpec } from './model/policy/global-network-policy.js'
export type { GlobalNetworkSet } from './model/policy/global-network-set.js'
export type { NetworkPolicy, NetworkPolicySpec } from './model/policy/network-policy.js'
export type { NetworkSet } from './model/policy/network-set.js'
export type { PolicyType } from './model/policy/policy.js'
export type { Port } from './model/policy/port.js'
export type { PortProtocol, Protocol, ProtocolName } from './model/policy/protocol.js'
export type {
  Action,
  HTTPMatch,
  HTTPPath,
  ICMPFields,
  IPVersion,
  Rule,
  RuleMetadata,
} from './model/policy/rule.js'
export type { Tier } from './model/policy/tier.js'
export { decode, type Kind, type Kinds, kinds, type Resource } from './model/resource.js'
export { fromStorage, type StorageOptions, toStorageName } from './model/storage/storage.js'
export { systemNamespaces } from './model/system-namespaces.js'
export type { Labels, Selector } from './selector/ast.js'
export { all, and, global, not, or } from './selector/combination.js'
export { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from './selector/condition.js'
export { selectorId } from './selector/id.js'
export { type Label, label } from './selector/label.js'
export { labelsOf } from './selector/labels-of.js'
export { matcher, matches } from './selector/match.js'
export { parseSelector } from './selector/parse.js'
export { printSelector } from './selector/print.js'
export { editYaml } from './yaml/edit/edit.js'
export { commented } from './yaml/print/comment.js'
export { toJson } from './yaml/print/json.js'
export { toYaml } from './yaml/print/print.js'
export { type FromYamlOptions, fromYaml } from './yaml/read/from-yaml.js'
