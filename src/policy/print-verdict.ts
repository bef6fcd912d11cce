import type { Reason, Verdict } from './decide.js'

const line = ({ direction, tier, policy, rule, action, certain }: Reason): string => {
  const who = policy === undefined ? `the end of tier "${tier}"` : `${policy}, rule ${rule}`
  const may = certain ? '' : ' (may match)'
  return `  ${direction.toLowerCase()}: ${who}: ${action}${may}`
}

/**
 * The verdict as text for people: what was decided, and what had a say, in order.
 *
 * @example
 * printVerdict({ decision: 'allowed', reasons: [] }) // => 'allowed\n  no policy applies'
 */
export const printVerdict = ({ decision, reasons }: Verdict): string =>
  [decision, ...(reasons.length === 0 ? ['  no policy applies'] : reasons.map(line))].join('\n')
