import { changeWorld } from '../evaluate/change-world.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { partsOf } from '../world/world-parts.js'
import { findDifference } from './equivalence.js'
import { asProof, type Proof, type ProofOptions } from './proof.js'

/** Whether a world without one of its policies lets the same through. */
export const redundant = (world: PolicyWorld, policy: string, options: ProofOptions = {}): Proof => {
  const isThere = world.policies.tiers.some(({ policies }) => policies.some(({ name }) => name === policy))
  if (!isThere)
    return { _tag: 'Unknown', why: [`which policy ${policy} is: the world has none of that name`] }
  const without = changeWorld(world, partsOf([]), [policy])
  const wanted = { isCaptured: false, counts: (one: string, other: string) => one !== other }
  return asProof(findDifference(world, without, wanted, options))
}
