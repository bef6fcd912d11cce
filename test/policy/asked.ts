import type { Resource } from '../../src/model/resource.js'
import { type PolicyWorld, worldOf } from '../../src/policy/evaluate/policy-world.js'
import type { Verdict } from '../../src/policy/evaluate/reason.js'
import { verdictIn } from '../../src/policy/evaluate/verdict.js'
import type { Flow } from '../../src/policy/world/flow.js'

const worlds = new WeakMap<ReadonlyArray<Resource>, PolicyWorld>()

/** What `verdict` says, of lists that are asked often and never change. */
export const verdict = (resources: ReadonlyArray<Resource>, flow: Flow): Verdict => {
  const world = worlds.get(resources) ?? worldOf(resources)
  worlds.set(resources, world)
  return verdictIn(world, flow)
}
