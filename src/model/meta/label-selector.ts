import { type Codec, list, object, optional, string } from '../codec/codec.js'
import { StringMap } from './metadata.js'

/** `In` and `NotIn` need values; `Exists` and `DoesNotExist` take none. */
export type LabelOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'

/** One condition on a label. **Source**: k8s.io/apimachinery `meta/v1.LabelSelectorRequirement`. */
export interface LabelRequirement {
  readonly key: string
  /** Calico itself takes any word, and skips a requirement whose operator it does not know. */
  readonly operator: LabelOperator | (string & Record<never, never>)
  readonly values?: ReadonlyArray<string>
}

export const LabelRequirement: Codec<LabelRequirement> = object<LabelRequirement>(
  'LabelSelectorRequirement',
  {
    key: string,
    operator: string,
    values: optional(list(string)),
  },
)

/**
 * Kubernetes' way to select by labels: all of both lists must match, and an empty one matches everything.
 *
 * **Source**: k8s.io/apimachinery `meta/v1.LabelSelector`.
 */
export interface LabelSelector {
  readonly matchLabels?: StringMap
  readonly matchExpressions?: ReadonlyArray<LabelRequirement>
}

export const LabelSelector: Codec<LabelSelector> = object<LabelSelector>('LabelSelector', {
  matchLabels: optional(StringMap),
  matchExpressions: optional(list(LabelRequirement)),
})
