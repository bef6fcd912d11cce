import type { Port } from '../model/policy/port.js'
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
  /** Needed in a global policy. In a policy of a namespace the builder writes the policy's own, where none is given. */
  readonly namespace?: string
}

type NeedProtocol = 'ports need protocol TCP, UDP or SCTP'
type OfService = 'a service in a destination brings its own ports'

/** What one end may say of ports: those of endpoints, and those beside a service. */
interface PortsOf<Endpoint, Service> {
  readonly endpoint: Endpoint
  readonly service: Service
}

export interface IngressPorts extends PortsOf<ReadonlyArray<Port>, ReadonlyArray<Port>> {}
export interface EgressPorts extends PortsOf<ReadonlyArray<Port>, Refused<OfService>> {}
export interface NoIngressPorts extends PortsOf<Refused<NeedProtocol>, Refused<NeedProtocol>> {}
export interface NoEgressPorts extends PortsOf<Refused<NeedProtocol>, Refused<OfService>> {}

type AnyPorts = PortsOf<unknown, unknown>

/** Who is at one end of the traffic. All fields that are given must match. */
interface Endpoints<P extends AnyPorts> {
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
  readonly ports?: P['endpoint']
  readonly notPorts?: P['endpoint']
}

/** The end of a rule at the policy's own endpoint: where ingress goes, and egress comes from. */
export interface NearEnd<P extends AnyPorts> extends Endpoints<P> {
  readonly services?: Refused<'services go into an ingress source or an egress destination'>
}

/** The end of a rule at the other side. */
interface FarEndpoints<P extends AnyPorts> extends Endpoints<P> {
  /** The endpoints of a service: instead of nets, selectors and service accounts. */
  readonly services?: undefined
}

type Alone = 'services exclude nets, selectors and service accounts'

interface FarService<P extends AnyPorts> {
  readonly services: Service
  readonly ports?: P['service']
  readonly notPorts?: P['service']
  readonly nets?: Refused<Alone>
  readonly notNets?: Refused<Alone>
  readonly selector?: Refused<Alone>
  readonly notSelector?: Refused<Alone>
  readonly namespaceSelector?: Refused<Alone>
  readonly serviceAccounts?: Refused<Alone>
}

/**
 * The end of a rule at the other side: where ingress comes from, and egress goes. The order matters: where both fit
 * equally badly, the compiler's message is about the last.
 */
export type FarEnd<P extends AnyPorts> = FarService<P> | FarEndpoints<P>
