import { type Codec, literal } from '../codec/codec.js'

/**
 * What a staged policy would do once enforced: `Set` (the default) adds or replaces a policy, `Delete` removes it,
 * `Learn` lets Calico learn its rules, `Ignore` leaves it out. With `Delete`, the rest of the spec must be empty.
 *
 * **Source**: `api/pkg/apis/projectcalico/v3/stagednetworkpolicy.go`.
 */
export type StagedAction = 'Set' | 'Delete' | 'Learn' | 'Ignore'
export const StagedAction: Codec<StagedAction> = literal('Set', 'Delete', 'Learn', 'Ignore')
