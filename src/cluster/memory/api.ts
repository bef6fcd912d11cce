import { createAdmission, type Webhook } from './admission.js'
import type { Clock } from './clock.js'
import { servedTypes } from './custom-types.js'
import { createRemove, type Remove } from './deletes.js'
import type { Extension } from './extension.js'
import type { ServedType } from './served-type.js'
import { createStore, type Store } from './store.js'
import { createWrites, type Writes } from './writes.js'

/** The registry of an API server, without its HTTP face and without RBAC: what controllers work on. */
export interface Api extends Writes {
  readonly store: Store
  readonly clock: Clock
  readonly remove: Remove
  readonly served: () => ReadonlyArray<ServedType>
}

export const createApi = (clock: Clock, webhook: Webhook | undefined, extension: Extension): Api => {
  const store = createStore()
  return {
    store,
    clock,
    served: servedTypes(store),
    remove: createRemove(store, clock),
    ...createWrites(store, clock, createAdmission(store, webhook, extension)),
  }
}
