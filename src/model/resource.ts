import type * as E from 'fp-ts/lib/Either.js'
import { type Invalid, unlessIssues } from '../error.js'
import { BGPConfiguration } from './bgp/bgp-configuration.js'
import { BGPFilter } from './bgp/bgp-filter.js'
import { BGPPeer } from './bgp/bgp-peer.js'
import { type Codec, type Decoded, type DecodeOptions, decodeParts } from './codec/codec.js'
import { total, unreadable } from './codec/total.js'
import { FelixConfiguration } from './felix/felix-configuration.js'
import { notOurs } from './foreign/not-ours.js'
import { HostEndpoint } from './host/host-endpoint.js'
import { Node } from './host/node.js'
import { WorkloadEndpoint } from './host/workload-endpoint.js'
import { IPPool } from './ipam/ip-pool.js'
import { IPReservation } from './ipam/ip-reservation.js'
import { isKind, type Kind } from './kind.js'
import { KubeControllersConfiguration } from './kube-controllers/kube-controllers-configuration.js'
import { GlobalNetworkPolicy } from './policy/global-network-policy.js'
import { GlobalNetworkSet } from './policy/global-network-set.js'
import { NetworkPolicy } from './policy/network-policy.js'
import { NetworkSet } from './policy/network-set.js'
import { Profile } from './policy/profile.js'
import { Tier } from './policy/tier.js'
import { StagedGlobalNetworkPolicy } from './staged/staged-global-network-policy.js'
import { StagedKubernetesNetworkPolicy } from './staged/staged-kubernetes-network-policy.js'
import { StagedNetworkPolicy } from './staged/staged-network-policy.js'

export { type Kind, kinds } from './kind.js'
export { apiVersion } from './meta/envelope.js'

/** Each kind and its type. */
export interface Kinds {
  readonly NetworkPolicy: NetworkPolicy
  readonly GlobalNetworkPolicy: GlobalNetworkPolicy
  readonly Tier: Tier
  readonly StagedNetworkPolicy: StagedNetworkPolicy
  readonly StagedGlobalNetworkPolicy: StagedGlobalNetworkPolicy
  readonly StagedKubernetesNetworkPolicy: StagedKubernetesNetworkPolicy
  readonly NetworkSet: NetworkSet
  readonly GlobalNetworkSet: GlobalNetworkSet
  readonly HostEndpoint: HostEndpoint
  readonly IPPool: IPPool
  readonly IPReservation: IPReservation
  readonly BGPConfiguration: BGPConfiguration
  readonly BGPPeer: BGPPeer
  readonly BGPFilter: BGPFilter
  readonly FelixConfiguration: FelixConfiguration
  readonly KubeControllersConfiguration: KubeControllersConfiguration
  readonly Profile: Profile
  readonly Node: Node
  readonly WorkloadEndpoint: WorkloadEndpoint
}

/** Any resource of Calico's that calicoctl can write. Told apart by `kind`. */
export type Resource = Kinds[Kind]

/** The codec of each kind. */
export const codecs: { readonly [K in Kind]: Codec<Kinds[K]> } = {
  NetworkPolicy,
  GlobalNetworkPolicy,
  Tier,
  StagedNetworkPolicy,
  StagedGlobalNetworkPolicy,
  StagedKubernetesNetworkPolicy,
  NetworkSet,
  GlobalNetworkSet,
  HostEndpoint,
  IPPool,
  IPReservation,
  BGPConfiguration,
  BGPPeer,
  BGPFilter,
  FelixConfiguration,
  KubeControllersConfiguration,
  Profile,
  Node,
  WorkloadEndpoint,
}

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined

/** As `decode`, with what of a resource did decode: nothing where the value is none of Calico's. */
export const decodeResourceParts = (value: unknown, options: DecodeOptions = {}): Decoded<Resource> => {
  const kind = total(() => kindOf(value), undefined)
  const decoded = isKind(kind)
    ? decodeParts<Resource>(codecs[kind] as Codec<Resource>, value, options)
    : undefined
  if (decoded?.issues.length === 0) return decoded
  const other = total(() => notOurs(value), unreadable)
  return other === undefined && decoded !== undefined
    ? decoded
    : { issues: [other ?? unreadable], parts: undefined }
}

/**
 * The value as a resource, checked for shape: kinds, fields and their types, nothing unknown at any depth. What
 * calicoctl takes in several spellings comes out in one: null and absent, the port `'80'`, a spec left out.
 *
 * **Errors**: `Invalid`, with all issues. What Calico refuses beyond shape, `check` says.
 *
 * @example
 * decode({ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' } }) // => Right, with spec: {}
 */
export const decode = (value: unknown, options: DecodeOptions = {}): E.Either<Invalid, Resource> => {
  const { issues, parts } = decodeResourceParts(value, options)
  return unlessIssues(issues, parts as Resource)
}
