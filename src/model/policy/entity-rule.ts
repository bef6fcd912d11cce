import { type Codec, list, object, optional, string } from '../codec/codec.js'
import { Port } from './port.js'

/** Service accounts, by name, by a selector on their labels, or both (both must match). */
export interface ServiceAccountMatch {
  readonly names?: ReadonlyArray<string>
  readonly selector?: string
}

export const ServiceAccountMatch: Codec<ServiceAccountMatch> = object<ServiceAccountMatch>(
  'ServiceAccountMatch',
  {
    names: optional(list(string)),
    selector: optional(string),
  },
)

/** A Kubernetes service, standing for its endpoints. Since Calico 3.20. */
export interface ServiceMatch {
  readonly name?: string
  /** Always to be given, even where it is the policy's own: without it, Calico looks in no namespace and finds nothing. */
  readonly namespace?: string
}

export const ServiceMatch: Codec<ServiceMatch> = object<ServiceMatch>('ServiceMatch', {
  name: optional(string),
  namespace: optional(string),
})

/**
 * What one end of the traffic must be. All fields that are given must match.
 *
 * **Source**: `api/pkg/apis/projectcalico/v3/policy_common.go`, EntityRule.
 */
export interface EntityRule {
  /** CIDRs with their host bits zero, such as `10.0.0.0/8`. A bare address is refused: write `/32`. */
  readonly nets?: ReadonlyArray<string>
  /** Endpoints and network sets whose labels match. In a NetworkPolicy: of its own namespace, unless `namespaceSelector` says otherwise. */
  readonly selector?: string
  /** Endpoints of the namespaces whose labels match; `global()` for what is in no namespace. */
  readonly namespaceSelector?: string
  /** Needs protocol TCP, UDP or SCTP. */
  readonly ports?: ReadonlyArray<Port>
  readonly notNets?: ReadonlyArray<string>
  readonly notSelector?: string
  readonly notPorts?: ReadonlyArray<Port>
  readonly serviceAccounts?: ServiceAccountMatch
  /** Excludes selectors, nets and service accounts, and ports of a destination. Since Calico 3.20. */
  readonly services?: ServiceMatch
}

export const EntityRule: Codec<EntityRule> = object<EntityRule>(
  'EntityRule',
  {
    nets: optional(list(string)),
    selector: optional(string),
    namespaceSelector: optional(string),
    ports: optional(list(Port)),
    notNets: optional(list(string)),
    notSelector: optional(string),
    notPorts: optional(list(Port)),
    serviceAccounts: optional(ServiceAccountMatch),
    services: optional(ServiceMatch, '3.20'),
  },
  /^domains$/,
)
