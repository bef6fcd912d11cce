import type { Reason, Verdict } from './reason.js'

const line = (reason: Reason): string => {
  const { direction, tier, policy, rule, action, certain, ignores, encapsulation } = reason
  const who =
    encapsulation !== undefined
      ? `Felix drops ${encapsulation} that pods send`
      : policy === undefined
        ? `the end of tier "${tier}"`
        : `${policy}, rule ${rule}`
  const may = certain ? '' : ' (may match)'
  const http = ignores === undefined ? '' : ` (by Felix, which does not look at ${ignores})`
  return `  ${direction.toLowerCase()}: ${who}: ${action}${may}${http}`
}

/**
 * The verdict as text for people: what was decided, what had a say, in order, and what is missing.
 *
 * @example
 * printVerdict({ decision: 'allowed', reasons: [] }) // => 'allowed\n  no policy applies'
 */
export const printVerdict = ({ decision, reasons, missing = [] }: Verdict): string =>
  [
    decision,
    ...(reasons.length === 0 ? ['  no policy applies'] : reasons.map(line)),
    ...missing.map((it) => `  not given: ${it}`),
  ].join('\n')
