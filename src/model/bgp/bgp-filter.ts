import { type Codec, integer, integerFrom, list, literal, object, optional, string } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { ASNumber } from './as-number.js'

const int32 = integerFrom(-(2 ** 31), 2 ** 31 - 1)

/** Bits of a prefix; both ends belong to it. Since Calico 3.30. */
export interface PrefixLengthRange {
  /** The CIDR's own by default. */
  readonly min?: number
  /** 32 by default, for IPv6 128. */
  readonly max?: number
}

const PrefixLengthRange: Codec<PrefixLengthRange> = object<PrefixLengthRange>('BGPFilterPrefixLength', {
  min: optional(int32),
  max: optional(int32),
})

/** BGP communities, each `aa:nn` or `aa:nn:mm`. Since Calico 3.32. */
export interface CommunityMatch {
  readonly values: ReadonlyArray<string>
}

const CommunityMatch: Codec<CommunityMatch> = object<CommunityMatch>('BGPFilterCommunityMatch', {
  values: list(string),
})

/** One change of a route: exactly one of the three. Since Calico 3.32. */
export interface BGPFilterOperation {
  readonly addCommunity?: { readonly value: string }
  readonly prependASPath?: { readonly prefix: ReadonlyArray<ASNumber> }
  readonly setPriority?: { readonly value: number }
}

const BGPFilterOperation: Codec<BGPFilterOperation> = object<BGPFilterOperation>('BGPFilterOperation', {
  addCommunity: optional(object<{ readonly value: string }>('BGPFilterAddCommunity', { value: string })),
  prependASPath: optional(
    object<{ readonly prefix: ReadonlyArray<ASNumber> }>('BGPFilterPrependASPath', {
      prefix: list(ASNumber),
    }),
  ),
  setPriority: optional(object<{ readonly value: number }>('BGPFilterSetPriority', { value: integer })),
})

/** All fields that are given must match; the first rule that matches decides. */
export interface BGPFilterRule {
  readonly action: 'Accept' | 'Reject'
  /** How the route's prefix must relate to `cidr`. Needs it, and is needed by it. */
  readonly matchOperator?: 'Equal' | 'NotEqual' | 'In' | 'NotIn'
  readonly cidr?: string
  /** Needs `cidr`. Since Calico 3.30. */
  readonly prefixLength?: PrefixLengthRange
  /** Only routes that other peers sent. */
  readonly source?: 'RemotePeers'
  /** Only routes over this interface; `*` matches any characters. */
  readonly interface?: string
  /** Since Calico 3.32. */
  readonly peerType?: 'eBGP' | 'iBGP'
  /** Since Calico 3.32. */
  readonly communities?: CommunityMatch
  /** The start of the route's AS path. Since Calico 3.32. */
  readonly asPathPrefix?: ReadonlyArray<ASNumber>
  /** The route's metric, from 1 to 2147483646. Since Calico 3.32. */
  readonly priority?: number
  /** Only with `Accept`, in order. Since Calico 3.32. */
  readonly operations?: ReadonlyArray<BGPFilterOperation>
}

const BGPFilterRule: Codec<BGPFilterRule> = object<BGPFilterRule>('BGPFilterRule', {
  action: literal('Accept', 'Reject'),
  matchOperator: optional(literal('Equal', 'NotEqual', 'In', 'NotIn')),
  cidr: optional(string),
  prefixLength: optional(PrefixLengthRange, '3.30'),
  source: optional(literal('RemotePeers')),
  interface: optional(string),
  peerType: optional(literal('eBGP', 'iBGP'), '3.32'),
  communities: optional(CommunityMatch, '3.32'),
  asPathPrefix: optional(list(ASNumber), '3.32'),
  priority: optional(integer, '3.32'),
  operations: optional(list(BGPFilterOperation), '3.32'),
})

/** In order. What no rule matches is accepted. **Source**: `api/pkg/apis/projectcalico/v3/bgpfilter.go`. */
export interface BGPFilterSpec {
  readonly exportV4?: ReadonlyArray<BGPFilterRule>
  readonly importV4?: ReadonlyArray<BGPFilterRule>
  readonly exportV6?: ReadonlyArray<BGPFilterRule>
  readonly importV6?: ReadonlyArray<BGPFilterRule>
}

export const BGPFilterSpec: Codec<BGPFilterSpec> = object<BGPFilterSpec>('BGPFilterSpec', {
  exportV4: optional(list(BGPFilterRule)),
  importV4: optional(list(BGPFilterRule)),
  exportV6: optional(list(BGPFilterRule)),
  importV6: optional(list(BGPFilterRule)),
})

/** Which routes are sent to and taken from the peers that name it. Since Calico 3.26. */
export interface BGPFilter extends GlobalResource<'BGPFilter', BGPFilterSpec> {}
export const BGPFilter: Codec<BGPFilter> = global('BGPFilter', BGPFilterSpec)
