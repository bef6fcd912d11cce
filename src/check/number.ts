import { type Constraint, rule, unless } from './constraint.js'

/** A whole number from one end to the other, both of which belong to it. */
export const numberFrom = (min: number, max: number, source: string): Constraint<number> =>
  rule(
    {
      name: 'number-range',
      what: 'A number of a configuration is too small or too large.',
      remedy: 'use a number of the range',
      source,
    },
    (value) =>
      unless(value >= min && value <= max, () => ({
        message: `${value} is not ${max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`}`,
      })),
  )
