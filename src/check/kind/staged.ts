import type { StagedAction } from '../../model/staged/staged-action.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, none, otherwise, rule } from '../engine/constraint.js'

interface StagedSpec {
  readonly stagedAction?: StagedAction
}

/** What Go has where nothing was given. */
const isZero = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

const nothingElse = <A extends StagedSpec>(allowed: ReadonlySet<string>): Constraint<A> =>
  rule(
    {
      name: 'staged-delete-alone',
      what: 'A staged deletion says more than which policy to delete.',
      remedy: 'keep only stagedAction and tier in the spec',
      source: validator('validateStagedNetworkPolicy and validateStagedGlobalNetworkPolicy'),
    },
    (spec) => {
      if (spec.stagedAction !== 'Delete') return none
      return Object.entries(spec)
        .filter(([key, value]) => !allowed.has(key) && !isZero(value))
        .map(([key]) => ({ at: [key], message: `${key} in a staged deletion` }))
    },
  )

/** A staged spec: that of the policy, unless it only says that one goes. */
export const staged = <A extends StagedSpec>(
  spec: Constraint<A>,
  besideDelete: ReadonlyArray<string> = ['tier', 'types'],
): Constraint<A> =>
  all(
    otherwise((value) => value.stagedAction === 'Delete', spec),
    nothingElse<A>(new Set(['stagedAction', ...besideDelete])),
  )
