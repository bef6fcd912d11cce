import type { Protocol } from '../model/policy/protocol.js'
import type { IPVersion, RuleMetadata } from '../model/policy/rule.js'
import type { EgressPorts, FarEnd, IngressPorts, NearEnd, NoEgressPorts, NoIngressPorts } from './end.js'
import type { Refused } from './refused.js'

/** ICMP messages. */
export interface ICMP {
  /** From 0 to 254. */
  readonly type: number
  /** From 0 to 255. */
  readonly code?: number
}

/** Calls of an HTTP server. Needs Calico's application layer policy (Envoy). */
export interface HTTP {
  /** `'GET'`, `'POST'` and the like. */
  readonly methods?: ReadonlyArray<string>
  /** They start with `/` and have no query. */
  readonly paths?: ReadonlyArray<HTTPPath>
}

/** A path as it is, or where it begins. */
export type HTTPPath =
  | { readonly exact: string; readonly prefix?: undefined }
  | { readonly prefix: string; readonly exact?: undefined }

type OfICMP = 'icmp and notICMP need protocol ICMP or ICMPv6'
type OfHTTP = 'http needs an ingress rule that allows, of protocol TCP or none'

/** The two ends of a rule. */
interface Ends<Source = unknown, Destination = unknown> {
  readonly source: Source
  readonly destination: Destination
}

/**
 * The ends of a direction, without ports and with them. The order matters: where several types fit equally badly, the
 * compiler's message is about the one it met last.
 */
interface Direction {
  readonly portless: Ends
  readonly ported: Ends
}

interface Ingress {
  readonly portless: Ends<FarEnd<NoIngressPorts>, NearEnd<NoIngressPorts>>
  readonly ported: Ends<FarEnd<IngressPorts>, NearEnd<IngressPorts>>
}

interface Egress {
  readonly portless: Ends<NearEnd<NoEgressPorts>, FarEnd<NoEgressPorts>>
  readonly ported: Ends<NearEnd<EgressPorts>, FarEnd<EgressPorts>>
}

interface Match<E extends Ends, IP, Icmp, Http> {
  readonly ipVersion?: IP
  readonly notProtocol?: Protocol
  readonly source?: E['source']
  readonly destination?: E['destination']
  readonly icmp?: Icmp
  readonly notICMP?: Icmp
  readonly http?: Http
  /** Annotations of this rule, for people and tools; they change nothing. */
  readonly metadata?: RuleMetadata
}

interface TCPMatch<D extends Direction, Http> extends Match<D['ported'], IPVersion, Refused<OfICMP>, Http> {
  readonly protocol: 'TCP'
}

interface PortMatch<D extends Direction>
  extends Match<D['ported'], IPVersion, Refused<OfICMP>, Refused<OfHTTP>> {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 6 | 17 | 132
}

interface ICMPMatch<D extends Direction> extends Match<D['portless'], 4, ICMP, Refused<OfHTTP>> {
  readonly protocol: 'ICMP'
}

interface ICMPv6Match<D extends Direction> extends Match<D['portless'], 6, ICMP, Refused<OfHTTP>> {
  readonly protocol: 'ICMPv6'
}

interface OtherMatch<D extends Direction>
  extends Match<D['portless'], IPVersion, Refused<OfICMP>, Refused<OfHTTP>> {
  readonly protocol: 'UDPLite' | number
}

interface AnyMatch<D extends Direction, Http> extends Match<D['portless'], IPVersion, Refused<OfICMP>, Http> {
  readonly protocol?: undefined
}

type MatchOf<D extends Direction, Http> =
  | OtherMatch<D>
  | ICMPMatch<D>
  | ICMPv6Match<D>
  | PortMatch<D>
  | TCPMatch<D, Http>
  | AnyMatch<D, Http>

/** What an ingress rule matches. All fields that are given must match; `{}` matches everything. */
export type IngressMatch = MatchOf<Ingress, Refused<OfHTTP>>

/** What an ingress rule that allows matches: what every ingress rule does, and HTTP. */
export type IngressAllowMatch = MatchOf<Ingress, HTTP | Refused<OfHTTP>>

/** What an egress rule matches. All fields that are given must match; `{}` matches everything. */
export type EgressMatch = MatchOf<Egress, Refused<OfHTTP>>
