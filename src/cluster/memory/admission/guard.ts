import type { KubeObject, ResourceType } from '../../port.js'
import type { Refusal } from '../kinds/refusal.js'
import type { User } from '../kinds/user.js'
import type { Store } from '../registry/store.js'
import { type Attributes, isAllowed } from './rbac.js'

/** Who writes or deletes, and what the cluster has. */
export interface Asker {
  readonly name: string
  /** Whether RBAC lets them do something else. */
  readonly may: (wanted: Attributes) => boolean
  /** What the cluster has under the name. */
  readonly stored: Store['get']
}

export type GuardedVerb = 'create' | 'update' | 'delete'

/** Why an object may not be written or deleted; undefined where nothing is against it. */
export type AskGuard = (
  asker: Asker,
  verb: GuardedVerb,
  type: ResourceType,
  object: KubeObject,
) => string | undefined

export type Guard = (
  user: User,
  verb: GuardedVerb,
  type: ResourceType,
  object: KubeObject,
) => Refusal | undefined

/** The guard as the API server asks it. */
export const createGuard =
  (store: Store, ask: AskGuard | undefined): Guard =>
  (user, verb, type, object) => {
    const may: Asker['may'] = (wanted) => isAllowed(store, user, wanted)
    const message = ask?.({ name: user.name, may, stored: store.get }, verb, type, object)
    return message === undefined ? undefined : { code: 403, reason: 'Forbidden', message }
  }
