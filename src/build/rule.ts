import type { Action, Rule } from '../model/policy/rule.js'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from './match.js'
import { storedFields } from './stored.js'

declare const direction: unique symbol

/** A rule for incoming traffic, as `ingress.allow` and the others make it. The mark is there for the compiler only. */
export interface IngressRule extends Rule {
  readonly [direction]: 'Ingress'
}

/** A rule for outgoing traffic, as `egress.allow` and the others make it. The mark is there for the compiler only. */
export interface EgressRule extends Rule {
  readonly [direction]: 'Egress'
}

const rule = (action: Action, match: IngressAllowMatch | EgressMatch): Rule => ({
  action,
  ...storedFields(match),
})

const ingressRule = (action: Action, match: IngressAllowMatch): IngressRule =>
  rule(action, match) as IngressRule

const egressRule = (action: Action, match: EgressMatch): EgressRule => rule(action, match) as EgressRule

/**
 * Rules for incoming traffic, each by itself: for reuse, for loops, and for `.ingress(...rules)`. A rule without a
 * match is for all traffic.
 *
 * @example
 * const fromPeers = ['web', 'batch'].map((role) => ingress.allow({ source: { selector: eq('role', role) } }))
 * networkPolicy('api', 'shop').ingress(...fromPeers, ingress.deny())
 */
export const ingress = {
  allow: (match: IngressAllowMatch = {}): IngressRule => ingressRule('Allow', match),
  deny: (match: IngressMatch = {}): IngressRule => ingressRule('Deny', match),
  log: (match: IngressMatch = {}): IngressRule => ingressRule('Log', match),
  pass: (match: IngressMatch = {}): IngressRule => ingressRule('Pass', match),
} as const

/**
 * Rules for outgoing traffic, each by itself: for reuse, for loops, and for `.egress(...rules)`. A rule without a
 * match is for all traffic.
 *
 * @example
 * egress.deny({ destination: { nets: ['169.254.169.254/32'] } })
 * // => { action: 'Deny', destination: { nets: ['169.254.169.254/32'] } }
 */
export const egress = {
  allow: (match: EgressMatch = {}): EgressRule => egressRule('Allow', match),
  deny: (match: EgressMatch = {}): EgressRule => egressRule('Deny', match),
  log: (match: EgressMatch = {}): EgressRule => egressRule('Log', match),
  pass: (match: EgressMatch = {}): EgressRule => egressRule('Pass', match),
} as const
