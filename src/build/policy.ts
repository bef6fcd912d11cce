import type { PerformanceHint, PolicyType } from '../model/policy/policy.js'
import type { StagedAction } from '../model/staged/staged-action.js'
import type { StagedGlobalNetworkPolicySpec } from '../model/staged/staged-global-network-policy.js'
import { Manifest, type Metadata } from './manifest.js'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from './match.js'
import { type EgressRule, egress, type IngressRule, ingress } from './rule.js'
import { type SelectorInput, selectorText } from './stored.js'
import { areGiven, derivedTypes } from './types.js'

type Spec = StagedGlobalNetworkPolicySpec

const enforcedKind = (kind: string): string => kind.replace(/^Staged/, '')

/** The methods of all policies, one line over the data each. `PolicyBuilder` says what they mean. */
export abstract class Policy<K extends string, M extends Metadata> extends Manifest<K, M, Spec> {
  order(order: number): this {
    return this.with({ order })
  }

  tier(tier: string): this {
    return this.with({ tier })
  }

  selector(selector: SelectorInput): this {
    return this.with({ selector: selectorText(selector) })
  }

  serviceAccountSelector(selector: SelectorInput): this {
    return this.with({ serviceAccountSelector: selectorText(selector) })
  }

  performanceHints(...performanceHints: ReadonlyArray<PerformanceHint>): this {
    return this.with({ performanceHints })
  }

  types(...types: ReadonlyArray<PolicyType>): this {
    return this.with({ types })
  }

  ingress(...rules: ReadonlyArray<IngressRule>): this {
    return rules.length === 0 ? this : this.withRules({ ingress: [...(this.spec.ingress ?? []), ...rules] })
  }

  egress(...rules: ReadonlyArray<EgressRule>): this {
    return rules.length === 0 ? this : this.withRules({ egress: [...(this.spec.egress ?? []), ...rules] })
  }

  allowIngress(match?: IngressAllowMatch): this {
    return this.ingress(ingress.allow(match))
  }

  denyIngress(match?: IngressMatch): this {
    return this.ingress(ingress.deny(match))
  }

  logIngress(match?: IngressMatch): this {
    return this.ingress(ingress.log(match))
  }

  passIngress(match?: IngressMatch): this {
    return this.ingress(ingress.pass(match))
  }

  allowEgress(match?: EgressMatch): this {
    return this.egress(egress.allow(match))
  }

  denyEgress(match?: EgressMatch): this {
    return this.egress(egress.deny(match))
  }

  logEgress(match?: EgressMatch): this {
    return this.egress(egress.log(match))
  }

  passEgress(match?: EgressMatch): this {
    return this.egress(egress.pass(match))
  }

  protected staged<B>(stagedAction: StagedAction): B {
    const { tier } = this.spec
    const inTier: Spec = tier === undefined ? {} : { tier }
    const spec = stagedAction === 'Delete' ? inTier : this.spec
    return this.remade(`Staged${enforcedKind(this.kind)}`, this.metadata, { ...spec, ...{ stagedAction } })
  }

  protected enforced<B>(): B {
    const { stagedAction: _, ...spec } = this.spec
    return this.remade(enforcedKind(this.kind), this.metadata, spec)
  }

  private withRules(rules: Pick<Spec, 'ingress' | 'egress'>): this {
    const ruled = this.with(rules)
    return areGiven(this.spec.types) ? ruled : ruled.with({ types: derivedTypes(ruled.spec) })
  }
}
