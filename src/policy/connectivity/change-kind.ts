import type { Difference } from './diff.js'

/** Whether a change may let something through that was denied: what was denied and is unknown may. */
export const opens = ({ before, after }: Pick<Difference, 'before' | 'after'>): boolean =>
  before === 'denied' || after === 'allowed'

/** Whether it may deny something that got through. */
export const closes = ({ before, after }: Pick<Difference, 'before' | 'after'>): boolean =>
  after === 'denied' || before === 'allowed'
