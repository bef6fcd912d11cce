import type { DSCP } from '../../model/felix/dscp.js'
import { numorstring } from '../engine/calico-source.js'
import { type Constraint, rule, unless } from '../engine/constraint.js'

const isName = (text: string): boolean => /^(?:DF|EF|AF[1-4][1-3]|CS[0-6])$/i.test(text.trim())

/** A mark that a packet can have. */
export const dscp: Constraint<DSCP> = rule(
  {
    name: 'dscp',
    what: 'A DSCP mark is over 63, or none of the names.',
    remedy: 'use a number from 0 to 63, or DF, EF, AF11 to AF43 or CS0 to CS6',
    source: numorstring('dscp.go, Validate'),
  },
  (mark) =>
    unless(typeof mark === 'number' ? mark <= 63 : isName(mark), () => ({
      message: `${JSON.stringify(mark)} is not a DSCP mark`,
    })),
)
