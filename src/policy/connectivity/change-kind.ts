import type { Difference } from './diff.js'

type Changed = Pick<Difference, 'before' | 'after' | 'only'>

/**
 * Whether a change may let something through that was denied: what was denied and is unknown may. What is new was not denied.
 *
 * @example
 * opens({ before: 'denied', after: 'unknown' }) // => true
 */
export const opens = ({ before, after, only }: Changed): boolean =>
  only === undefined && (before === 'denied' || after === 'allowed')

/**
 * Whether a change may deny something that got through: what got through and is unknown may. What is gone is not denied.
 *
 * @example
 * closes({ before: 'allowed', after: 'unknown' }) // => true
 */
export const closes = ({ before, after, only }: Changed): boolean =>
  only === undefined && (after === 'denied' || before === 'allowed')
