import type { IPReservationSpec } from '../../model/ipam/ip-reservation.js'
import type { Metadata } from '../../model/meta/metadata.js'
import type { ProfileSpec } from '../../model/policy/profile.js'
import { codecs, type Kind, type Kinds, type Resource } from '../../model/resource.js'
import type { StagedGlobalNetworkPolicySpec } from '../../model/staged/staged-global-network-policy.js'
import type { StagedKubernetesNetworkPolicySpec } from '../../model/staged/staged-kubernetes-network-policy.js'
import type { StagedNetworkPolicySpec } from '../../model/staged/staged-network-policy.js'
import { all, type Constraint, each, fields, none, rule } from '../engine/constraint.js'
import { kindKnown, knownIn } from '../engine/since.js'
import { ruleWith } from '../rule/rule.js'
import { labels, metadata } from '../value/metadata.js'
import { reservedNet } from '../value/net.js'
import { bgpConfiguration } from './bgp-configuration.js'
import { bgpFilterSpec } from './bgp-filter.js'
import { bgpPeerSpec } from './bgp-peer.js'
import { felixConfiguration } from './felix-configuration.js'
import { globalPolicySpec } from './global-policy.js'
import { hostEndpointSpec } from './host-endpoint.js'
import { ipPoolSpec } from './ip-pool.js'
import { kubeControllersConfiguration } from './kube-controllers.js'
import { labelsOfSet, networkSetSpec } from './network-set.js'
import { node } from './node.js'
import { policySpec } from './policy.js'
import { staged } from './staged.js'
import { tier } from './tier.js'
import { workloadEndpointSpec } from './workload-endpoint.js'

const rules = each(ruleWith({ source: all(), destination: all() }))

const profileSpec: Constraint<ProfileSpec> = fields<ProfileSpec>({
  ingress: rules,
  egress: rules,
  labelsToApply: labels,
})

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
  IPReservation: withSpec(fields<IPReservationSpec>({ reservedCIDRs: each(reservedNet) })),
  BGPConfiguration: bgpConfiguration,
  BGPPeer: withSpec(bgpPeerSpec),
  BGPFilter: withSpec(bgpFilterSpec),
  FelixConfiguration: felixConfiguration,
  KubeControllersConfiguration: kubeControllersConfiguration,
  Profile: withSpec(profileSpec),
  Node: node,
  WorkloadEndpoint: withSpec(workloadEndpointSpec),
}

/** All that a resource of the kind must keep to. */
export const constraintOf = <K extends Kind>(kind: K): Constraint<Kinds[K]> =>
  all<Kinds[K]>(kindKnown(kind), writable, ofKind[kind], knownIn(codecs[kind].schema))

/** Kinds that stand for what Kubernetes has, and what to change instead. */
const standsFor: Readonly<Record<string, { readonly what: string; readonly updated: boolean }>> = {
  Profile: { what: 'a namespace or a service account', updated: false },
  WorkloadEndpoint: { what: 'a pod', updated: false },
  Node: { what: 'a node', updated: true },
}

/** With Kubernetes as the datastore, some kinds cannot be written, or not be created. */
const writable: Constraint<Resource> = rule(
  {
    name: 'read-only-kind',
    what: 'A kind represents an object of Kubernetes: calicoctl cannot create it, and can update only a Node.',
    remedy: 'change the object of Kubernetes that it represents',
    source: 'libcalico-go/lib/backend/k8s/resources/profile.go, node.go and workloadendpoint.go',
  },
  ({ kind }, { command }) => {
    const found = standsFor[kind]
    if (found === undefined || (found.updated && command !== 'create')) return none
    return [{ at: ['kind'], message: `a ${kind} represents ${found.what}: calicoctl cannot ${command} it` }]
  },
)
