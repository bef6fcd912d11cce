import type { PeerFlow } from '../../policy/compiled-world.js'

/** Something without which a cluster does not work. It is met where one of the flows gets through. */
export interface Need {
  /** `node worker-1 from the API server`: what is cut off where none does. */
  readonly what: string
  readonly flows: ReadonlyArray<PeerFlow>
}

export const nodeEnd = (name: string): string => `node:${name}`
