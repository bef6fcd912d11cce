import type { GlobalNetworkPolicySpec } from '../model/global-network-policy.js'
import type { GlobalMetadata } from '../model/metadata.js'
import { defaultTypes, type PerformanceHint, type PolicyType } from '../model/policy.js'
import type { EgressMatch, IngressAllowMatch, IngressMatch } from './match.js'
import { type Metadata, Resource } from './resource.js'
import { type EgressRule, egress, type IngressRule, ingress } from './rule.js'
import { type SelectorInput, selectorText } from './stored.js'

/** The methods of all policies, one line over the data each; `PolicyBuilder` says what they mean. */
export class Policy<K extends string, M extends Metadata> extends Resource<K, M, GlobalNetworkPolicySpec> {
  readonly #typesGiven: boolean

  constructor(kind: K, metadata: M, spec: GlobalNetworkPolicySpec, typesGiven = false) {
    super(kind, metadata, spec)
    this.#typesGiven = typesGiven
  }

  protected override copy(metadata: M, spec: GlobalNetworkPolicySpec, typesGiven = this.#typesGiven): this {
    return Reflect.construct(this.constructor, [
      this.kind,
      metadata,
      typesGiven ? spec : { ...spec, types: defaultTypes(spec) },
      typesGiven,
    ])
  }

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
    return this.copy(this.metadata, { ...this.spec, types }, true)
  }

  ingress(...rules: ReadonlyArray<IngressRule>): this {
    return this.with({ ingress: [...(this.spec.ingress ?? []), ...rules] })
  }

  egress(...rules: ReadonlyArray<EgressRule>): this {
    return this.with({ egress: [...(this.spec.egress ?? []), ...rules] })
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
}

/** The methods that only global policies have. */
export class GlobalPolicy<K extends string> extends Policy<K, GlobalMetadata> {
  namespaceSelector(selector: SelectorInput): this {
    return this.with({ namespaceSelector: selectorText(selector) })
  }

  applyOnForward(): this {
    return this.with({ applyOnForward: true })
  }

  doNotTrack(): this {
    return this.with({ doNotTrack: true })
  }

  preDNAT(): this {
    return this.with({ preDNAT: true })
  }
}
