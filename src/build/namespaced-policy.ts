import type { NamespacedMetadata } from '../model/metadata.js'
import type { StagedAction } from '../model/staged-action.js'
import { Policy } from './policy.js'

export class NamespacedPolicy<K extends string> extends Policy<K, NamespacedMetadata> {
  stage(action: StagedAction = 'Set'): NamespacedPolicy<'StagedNetworkPolicy'> {
    return this.staged(action)
  }

  enforce(): NamespacedPolicy<'NetworkPolicy'> {
    return this.enforced()
  }
}
