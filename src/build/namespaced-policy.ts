import type { NamespacedMetadata } from '../model/meta/metadata.js'
import type { EntityRule } from '../model/policy/entity-rule.js'
import type { Rule } from '../model/policy/rule.js'
import type { StagedAction } from '../model/staged/staged-action.js'
import { Policy } from './policy.js'
import type { EgressRule, IngressRule } from './rule.js'

const endIn = (end: EntityRule | undefined, namespace: string): EntityRule | undefined =>
  end?.services === undefined || end.services.namespace !== undefined
    ? end
    : { ...end, services: { ...end.services, namespace } }

/** The rule with the namespace of its service: where none is given Calico looks in no namespace, and finds nothing. */
const ruleIn = <R extends Rule>(rule: R, namespace: string | undefined): R => {
  if (namespace === undefined) return rule
  const [source, destination] = [endIn(rule.source, namespace), endIn(rule.destination, namespace)]
  if (source === rule.source && destination === rule.destination) return rule
  return { ...rule, ...(source && { source }), ...(destination && { destination }) }
}

export class NamespacedPolicy<K extends string> extends Policy<K, NamespacedMetadata> {
  override ingress(...rules: ReadonlyArray<IngressRule>): this {
    return super.ingress(...rules.map((rule) => ruleIn(rule, this.metadata.namespace)))
  }

  override egress(...rules: ReadonlyArray<EgressRule>): this {
    return super.egress(...rules.map((rule) => ruleIn(rule, this.metadata.namespace)))
  }

  stage(action: StagedAction = 'Set'): NamespacedPolicy<'StagedNetworkPolicy'> {
    return this.staged(action)
  }

  enforce(): NamespacedPolicy<'NetworkPolicy'> {
    return this.enforced()
  }
}
