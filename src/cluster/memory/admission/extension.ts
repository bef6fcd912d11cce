import type { KubeObject, ResourceType } from '../../port.js'
import type { Refusal } from '../kinds/refusal.js'
import type { User } from '../kinds/user.js'
import type { Store } from '../registry/store.js'
import { type Attributes, isAllowed } from './rbac.js'

/** Who writes or deletes. */
export interface Asker {
  readonly name: string
  /** Whether RBAC lets them do something else. */
  readonly may: (wanted: Attributes) => boolean
}

export type GuardedVerb = 'create' | 'update' | 'delete'

/** What an extension of the cluster does with what comes in. */
export interface Extension {
  /** The object with what goes without saying. */
  readonly fill?: (type: ResourceType, object: KubeObject) => KubeObject
  /** Why it may not be written, or deleted; undefined where nothing is against it. */
  readonly guard?: (
    asker: Asker,
    verb: GuardedVerb,
    type: ResourceType,
    object: KubeObject,
  ) => string | undefined
}

/** The refusal of an extension's guard. */
export type Guard = (
  user: User,
  verb: GuardedVerb,
  type: ResourceType,
  object: KubeObject,
) => Refusal | undefined

export const createGuard =
  (store: Store, { guard }: Extension): Guard =>
  (user, verb, type, object) => {
    const may: Asker['may'] = (wanted) => isAllowed(store, user, wanted)
    const message = guard?.({ name: user.name, may }, verb, type, object)
    return message === undefined ? undefined : { code: 403, reason: 'Forbidden', message }
  }
