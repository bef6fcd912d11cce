import type { Release } from '../../model/calico-version.js'
import { type Constraint, rule, unless } from '../engine/constraint.js'

const largest = 2 ** 31 - 1

/** What the API server takes for an integer whose definition says `int32`, whatever Calico itself says of the field. */
export const int32Until = (until?: Release): Constraint<number> =>
  rule(
    {
      name: 'number-over-int32',
      what: 'A number is more than the API server takes for the field, which its definition calls an int32.',
      remedy: `use a number up to ${largest}`,
      source: 'libcalico-go/config/crd, format: int32',
      by: 'API server',
      ...(until === undefined ? {} : { until }),
    },
    (value) => unless(value <= largest, () => ({ message: `${value} is more than ${largest}` })),
  )

export const int32: Constraint<number> = int32Until()
