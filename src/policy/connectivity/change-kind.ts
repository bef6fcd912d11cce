import type { Difference } from './diff.js'

type Changed = Pick<Difference, 'before' | 'after' | 'only'>

/** Whether a change may let something through that was denied: what was denied and is unknown may. What is new was not denied. */
export const opens = ({ before, after, only }: Changed): boolean =>
  only === undefined && (before === 'denied' || after === 'allowed')

/** Whether it may deny something that got through; what is gone is not denied. */
export const closes = ({ before, after, only }: Changed): boolean =>
  only === undefined && (after === 'denied' || before === 'allowed')
