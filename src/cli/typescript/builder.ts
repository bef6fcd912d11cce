import type { LiteralKind } from '../../build/resource.js'
import { derivedPolicyTypes } from '../../build/types.js'
import type { HostEndpointSpec } from '../../model/host/host-endpoint.js'
import { type Kind, kindFacts } from '../../model/kind.js'
import type { NetworkSetSpec } from '../../model/policy/network-set.js'
import type { TierSpec } from '../../model/policy/tier.js'
import type { Resource } from '../../model/resource.js'
import type { StagedKubernetesNetworkPolicySpec } from '../../model/staged/staged-kubernetes-network-policy.js'
import { type Code, call, chain, method, noted } from './code.js'
import { callsFor, each, given, type Links, nothing, types, type Writing } from './links.js'
import { literal, quote } from './literal.js'
import { hasPorts } from './match.js'
import { policyLinks } from './policy-links.js'

const tier: Links<TierSpec> = { order: given('order'), defaultAction: given('defaultAction') }

const networkSet: Links<NetworkSetSpec> = { nets: each('nets') }

const hostEndpoint: Links<HostEndpointSpec> = {
  node: nothing,
  interfaceName: given('interfaceName'),
  expectedIPs: each('expectedIPs'),
  profiles: each('profiles'),
  ports: (ports) => (ports.every(({ protocol }) => hasPorts(protocol)) ? each('ports')(ports) : undefined),
}

const stagedKubernetes: Links<StagedKubernetesNetworkPolicySpec> = {
  stagedAction: (action) => (action === 'Set' ? [] : undefined),
  podSelector: given('podSelector'),
  policyTypes: (values, spec) =>
    values.every((type) => type === 'Ingress' || type === 'Egress')
      ? types('policyTypes', values, derivedPolicyTypes(spec))
      : undefined,
  ingress: each('ingress'),
  egress: each('egress'),
}

/** The calls that make a new builder's spec this one; undefined where none do. */
const specCalls = (resource: Resource, writing: Writing): ReadonlyArray<Code> | undefined => {
  switch (resource.kind) {
    case 'NetworkPolicy':
    case 'GlobalNetworkPolicy':
      return callsFor(policyLinks, resource.spec, writing)
    case 'StagedNetworkPolicy':
    case 'StagedGlobalNetworkPolicy':
      return resource.spec.stagedAction && callsFor(policyLinks, resource.spec, writing)
    case 'StagedKubernetesNetworkPolicy': {
      const { stagedAction, podSelector, policyTypes } = resource.spec
      return stagedAction && podSelector && policyTypes && callsFor(stagedKubernetes, resource.spec, writing)
    }
    case 'Tier':
      return callsFor(tier, resource.spec, writing)
    case 'NetworkSet':
    case 'GlobalNetworkSet':
      return callsFor(networkSet, resource.spec, writing)
    case 'HostEndpoint':
      return resource.spec.node === undefined ? undefined : callsFor(hostEndpoint, resource.spec, writing)
    case 'WorkloadEndpoint':
      return undefined
    default:
      return []
  }
}

const literalKinds: ReadonlyArray<Kind> = [
  'IPPool',
  'IPReservation',
  'BGPConfiguration',
  'BGPPeer',
  'BGPFilter',
  'FelixConfiguration',
  'KubeControllersConfiguration',
  'Profile',
  'Node',
] satisfies ReadonlyArray<LiteralKind>

/** `networkPolicy('api', 'shop')`, or as the kind has it. */
const newBuilder = (resource: Resource): Code => {
  const { kind, metadata, spec } = resource
  const names = [metadata.name, ...(kindFacts[kind].namespaced ? [metadata.namespace ?? 'default'] : [])]
  if (literalKinds.includes(kind)) return call('resource', quote(kind), ...names.map(quote), literal(spec))
  const node = kind === 'HostEndpoint' && spec.node !== undefined ? [spec.node] : []
  return call(kind[0]?.toLowerCase() + kind.slice(1), ...[...names, ...node].map(quote))
}

const saidByMethods: ReadonlyArray<string> = ['name', 'namespace', 'labels', 'annotations']

/** The resource as a chain of the builder's calls; undefined where the builder cannot make it. */
export const builderCode = (resource: Resource, writing: Writing): Code | undefined => {
  const { labels, annotations, ...others } = resource.metadata
  const { notes } = writing
  const calls = specCalls(resource, writing)
  if (calls === undefined || !Object.keys(others).every((field) => saidByMethods.includes(field)))
    return undefined
  return chain(newBuilder(resource), [
    ...(labels === undefined
      ? []
      : [noted(method('labels', literal(labels)), notes.take('metadata', 'labels'))]),
    ...(annotations === undefined
      ? []
      : [noted(method('annotations', literal(annotations)), notes.take('metadata', 'annotations'))]),
    ...calls,
  ])
}
