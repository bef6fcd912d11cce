import type { Port } from '../model/port.js'
import type { Refused } from './refused.js'
import type { SelectorInput } from './stored.js'

/** Service accounts, by name, by a selector on their labels, or both (both must match). */
export interface ServiceAccounts {
  readonly names?: ReadonlyArray<string>
  readonly selector?: SelectorInput
}

/** A Kubernetes service, standing for its endpoints. Since Calico 3.20. */
export interface Service {
  readonly name: string
  /** Needed in a global policy; the policy's own namespace otherwise. */
  readonly namespace?: string
}

export type Ports = ReadonlyArray<Port>
export type Ported = 'ports need protocol TCP, UDP or SCTP'
export type OfService = 'a service in a destination brings its own ports'

/** Who is at one end of the traffic. All fields that are given must match. */
interface Endpoints<P> {
  /** CIDRs with their host bits zero, such as `10.0.0.0/8`. Write `/32` for a single address. */
  readonly nets?: ReadonlyArray<string>
  readonly notNets?: ReadonlyArray<string>
  /** Endpoints and network sets whose labels match. In a NetworkPolicy: of its own namespace, unless `namespaceSelector` says otherwise. */
  readonly selector?: SelectorInput
  readonly notSelector?: SelectorInput
  /** Endpoints of the namespaces whose labels match; `global()` for what is in no namespace. */
  readonly namespaceSelector?: SelectorInput
  readonly serviceAccounts?: ServiceAccounts
  /** Numbers from 1 to 65535, ranges `'min:max'`, or names of the endpoint's ports. Needs protocol TCP, UDP or SCTP. */
  readonly ports?: P
  readonly notPorts?: P
}

/** The end of a rule at the policy's own endpoint: where ingress goes, and egress comes from. */
export interface NearEnd<P> extends Endpoints<P> {
  readonly services?: Refused<'services go into an ingress source or an egress destination'>
}

/** The end of a rule at the other side. */
interface FarEndpoints<P> extends Endpoints<P> {
  readonly services?: undefined
}

type Alone = 'services exclude nets, selectors and service accounts'

/** The endpoints of a service. */
interface FarService<P> {
  readonly services: Service
  readonly ports?: P
  readonly notPorts?: P
  readonly nets?: Refused<Alone>
  readonly notNets?: Refused<Alone>
  readonly selector?: Refused<Alone>
  readonly notSelector?: Refused<Alone>
  readonly namespaceSelector?: Refused<Alone>
  readonly serviceAccounts?: Refused<Alone>
}

/**
 * The end of a rule at the other side: where ingress comes from, and egress goes. The order matters: of two types
 * that fit as badly, the compiler's message is about the last.
 */
export type FarEnd<P, OfService = P> = FarService<OfService> | FarEndpoints<P>
