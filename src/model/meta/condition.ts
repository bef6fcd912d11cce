import { type Codec, integer, literal, object, optional, string } from '../codec/codec.js'
import { Time } from './scalars.js'

/** **Source**: k8s.io/apimachinery `meta/v1.Condition`. */
export interface StatusCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly observedGeneration?: number
  readonly lastTransitionTime: Time
  readonly reason: string
  readonly message: string
}

export const StatusCondition: Codec<StatusCondition> = object<StatusCondition>('Condition', {
  type: string,
  status: literal('True', 'False', 'Unknown'),
  observedGeneration: optional(integer),
  lastTransitionTime: Time,
  reason: string,
  message: string,
})
