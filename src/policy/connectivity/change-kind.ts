import type { Difference } from './diff.js'

/**
 * Whether a change may let something through that was denied: what was denied and is unknown may.
 *
 * @example
 * opens({ before: 'denied', after: 'unknown' }) // => true
 */
export const opens = ({ before, after }: Pick<Difference, 'before' | 'after'>): boolean =>
  before === 'denied' || after === 'allowed'

/**
 * Whether a change may deny something that got through: what got through and is unknown may.
 *
 * @example
 * closes({ before: 'allowed', after: 'unknown' }) // => true
 */
export const closes = ({ before, after }: Pick<Difference, 'before' | 'after'>): boolean =>
  after === 'denied' || before === 'allowed'
