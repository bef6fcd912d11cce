import { directions, typesOf } from '../world/any-policy.js'
import type { Rule } from './rule.js'

export const rulesWithoutType: Rule = {
  what: 'A policy has rules for a direction that its types leave out, so they never act.',
  remedy: 'add the direction to types, or remove the rules',
  source: 'felix/calc/policy_sorter.go, governsType',
  find: ({ policies }) =>
    policies.flatMap(({ index, resource }) =>
      directions
        .filter(
          ({ direction, field }) =>
            (resource.spec[field] ?? []).length > 0 && !typesOf(resource).includes(direction),
        )
        .map(({ direction, field }) => ({
          index,
          path: ['spec', field],
          message: `the rules never act: types has no ${direction}`,
          hint: `add ${direction} to types, or remove the rules`,
        })),
    ),
}
