import type { Clock } from '../kinds/clock.js'
import type { ServedType } from '../kinds/served-type.js'
import { servedTypes } from './custom-types.js'
import { createRemove, type Remove } from './deletes.js'
import type { Store } from './store.js'
import { type Admit, createWrites, type Writes } from './writes.js'

/** An API server without its HTTP face and without RBAC: what controllers work on. */
export interface Registry extends Writes {
  readonly store: Store
  readonly clock: Clock
  readonly remove: Remove
  readonly served: () => ReadonlyArray<ServedType>
}

export const createRegistry = (store: Store, clock: Clock, admit: Admit): Registry => ({
  store,
  clock,
  served: servedTypes(store),
  remove: createRemove(store, clock),
  ...createWrites(store, clock, admit),
})
