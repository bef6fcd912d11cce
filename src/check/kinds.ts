import type { IPReservationSpec } from '../model/ip-reservation.js'
import type { Metadata } from '../model/metadata.js'
import { codecs, type Kind, type Kinds } from '../model/resource.js'
import type { StagedGlobalNetworkPolicySpec } from '../model/staged-global-network-policy.js'
import type { StagedKubernetesNetworkPolicySpec } from '../model/staged-kubernetes-network-policy.js'
import type { StagedNetworkPolicySpec } from '../model/staged-network-policy.js'
import { bgpConfiguration } from './bgp-configuration.js'
import { bgpFilterSpec } from './bgp-filter.js'
import { bgpPeerSpec } from './bgp-peer.js'
import { all, type Constraint, each, fields } from './constraint.js'
import { felixConfigurationSpec } from './felix-configuration.js'
import { globalPolicySpec } from './global-policy.js'
import { hostEndpointSpec } from './host-endpoint.js'
import { ipPoolSpec } from './ip-pool.js'
import { kubeControllersConfiguration } from './kube-controllers.js'
import { metadata } from './metadata.js'
import { looseNet } from './net.js'
import { labelsOfSet, networkSetSpec } from './network-set.js'
import { node } from './node.js'
import { policySpec } from './policy.js'
import { profileSpec } from './profile.js'
import { writable } from './read-only.js'
import { kindKnown, knownIn } from './since.js'
import { staged } from './staged.js'
import { tier } from './tier.js'
import { workloadEndpointSpec } from './workload-endpoint.js'

interface Enveloped<Spec> {
  readonly metadata: Metadata
  readonly spec: Spec
}

/** A kind of which nothing but the spec is its own. */
const withSpec = <Spec extends object>(spec: Constraint<Spec>): Constraint<Enveloped<Spec>> =>
  fields<Enveloped<Spec>>({ metadata, spec })

const networkSet = all(
  withSpec(networkSetSpec),
  fields<Enveloped<object>>({ metadata: fields<Metadata>({ labels: labelsOfSet }) }),
)

/** What each kind must keep to, beside what holds for all of them. */
const ofKind: { readonly [K in Kind]: Constraint<Kinds[K]> } = {
  NetworkPolicy: withSpec(policySpec),
  GlobalNetworkPolicy: withSpec(globalPolicySpec),
  Tier: tier,
  StagedNetworkPolicy: withSpec(staged<StagedNetworkPolicySpec>(policySpec)),
  StagedGlobalNetworkPolicy: withSpec(staged<StagedGlobalNetworkPolicySpec>(globalPolicySpec)),
  StagedKubernetesNetworkPolicy: withSpec(staged<StagedKubernetesNetworkPolicySpec>(all())),
  NetworkSet: networkSet,
  GlobalNetworkSet: networkSet,
  HostEndpoint: withSpec(hostEndpointSpec),
  IPPool: withSpec(ipPoolSpec),
  IPReservation: withSpec(fields<IPReservationSpec>({ reservedCIDRs: each(looseNet) })),
  BGPConfiguration: bgpConfiguration,
  BGPPeer: withSpec(bgpPeerSpec),
  BGPFilter: withSpec(bgpFilterSpec),
  FelixConfiguration: withSpec(felixConfigurationSpec),
  KubeControllersConfiguration: kubeControllersConfiguration,
  Profile: withSpec(profileSpec),
  Node: node,
  WorkloadEndpoint: withSpec(workloadEndpointSpec),
}

/** All that a resource of the kind must keep to. */
export const constraintOf = <K extends Kind>(kind: K): Constraint<Kinds[K]> =>
  all<Kinds[K]>(kindKnown(kind), writable, ofKind[kind], knownIn(codecs[kind].schema))
