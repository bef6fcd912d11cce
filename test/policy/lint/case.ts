import type { Linted } from '../../../src/policy/lint/lint.js'
import type { World } from '../../../src/policy/world/world.js'

export interface Case {
  readonly name: string
  /** Rule, resource and place of each finding. */
  readonly finds: ReadonlyArray<string>
  readonly resources: ReadonlyArray<Linted>
  readonly world?: World
  /** Check says so as well. */
  readonly isRefused?: true
}

export const finds = (
  name: string,
  place: string | ReadonlyArray<string>,
  ...resources: ReadonlyArray<Linted>
): Case => ({ name, finds: typeof place === 'string' ? [place] : place, resources })

export const takes = (name: string, ...resources: ReadonlyArray<Linted>): Case => ({
  name,
  finds: [],
  resources,
})

export const within = (world: World, one: Case): Case => ({ ...one, world })
