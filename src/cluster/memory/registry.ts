import { createAdmission, type Webhook } from './admission/admission.js'
import type { Extension } from './admission/extension.js'
import type { Clock } from './kinds/clock.js'
import type { ServedType } from './kinds/served-type.js'
import { servedTypes } from './registry/custom-types.js'
import { createRemove, type Remove } from './registry/deletes.js'
import { createStore, type Store } from './registry/store.js'
import { createWrites, type Writes } from './registry/writes.js'

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
