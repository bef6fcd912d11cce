import type { GlobalMetadata } from '../model/meta/metadata.js'
import type { StagedAction } from '../model/staged/staged-action.js'
import { Policy } from './policy.js'
import { type SelectorInput, selectorText } from './stored.js'

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

  stage(action: StagedAction = 'Set'): GlobalPolicy<'StagedGlobalNetworkPolicy'> {
    return this.staged(action)
  }

  enforce(): GlobalPolicy<'GlobalNetworkPolicy'> {
    return this.enforced()
  }
}
