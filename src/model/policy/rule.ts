import { type Codec, integer, list, literal, object, optional, string } from '../codec/codec.js'
import { StringMap } from '../meta/metadata.js'
import { EntityRule } from './entity-rule.js'
import { Protocol } from './protocol.js'

/** What a matching rule does. `Pass` skips to the next tier, `Log` goes on to the next rule. */
export type Action = 'Allow' | 'Deny' | 'Log' | 'Pass'
export const Action: Codec<Action> = literal('Allow', 'Deny', 'Log', 'Pass')

/** **Shape**: `type` 0 to 254, `code` 0 to 255; a code needs a type. */
export interface ICMPFields {
  readonly type?: number
  readonly code?: number
}

export const ICMPFields: Codec<ICMPFields> = object<ICMPFields>('ICMPFields', {
  type: optional(integer),
  code: optional(integer),
})

/** One of `exact` and `prefix`; starts with `/`, without query, fragment or space. */
export interface HTTPPath {
  readonly exact?: string
  readonly prefix?: string
}

export const HTTPPath: Codec<HTTPPath> = object<HTTPPath>('HTTPPath', {
  exact: optional(string),
  prefix: optional(string),
})

/** Needs Calico's application layer policy (Envoy). Only in ingress rules that allow, of TCP. */
export interface HTTPMatch {
  readonly methods?: ReadonlyArray<string>
  readonly paths?: ReadonlyArray<HTTPPath>
}

export const HTTPMatch: Codec<HTTPMatch> = object<HTTPMatch>('HTTPMatch', {
  methods: optional(list(string)),
  paths: optional(list(HTTPPath)),
})

/** Annotations of a single rule, for people and tools; they change nothing. */
export interface RuleMetadata {
  readonly annotations?: StringMap
}

export const RuleMetadata: Codec<RuleMetadata> = object<RuleMetadata>('RuleMetadata', {
  annotations: optional(StringMap),
})

/** A family of addresses. */
export type IPVersion = 4 | 6
export const IPVersion: Codec<IPVersion> = literal(4, 6)

/**
 * One rule of a policy. All fields that are given must match; a rule with an action alone matches everything.
 *
 * This is the shape that Calico stores. The builder's rules (`build/rule.ts`) are narrower: there, combinations
 * that Calico refuses do not compile.
 *
 * **Source**: `api/pkg/apis/projectcalico/v3/policy_common.go`, Rule.
 */
export interface Rule {
  readonly action: Action
  readonly ipVersion?: IPVersion
  readonly protocol?: Protocol
  readonly icmp?: ICMPFields
  readonly notProtocol?: Protocol
  readonly notICMP?: ICMPFields
  readonly source?: EntityRule
  readonly destination?: EntityRule
  readonly http?: HTTPMatch
  readonly metadata?: RuleMetadata
}

export const Rule: Codec<Rule> = object<Rule>('Rule', {
  action: Action,
  metadata: optional(RuleMetadata),
  ipVersion: optional(IPVersion),
  protocol: optional(Protocol),
  icmp: optional(ICMPFields),
  notProtocol: optional(Protocol),
  notICMP: optional(ICMPFields),
  source: optional(EntityRule),
  destination: optional(EntityRule),
  http: optional(HTTPMatch),
})
