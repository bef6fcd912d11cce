import type { HostChain, Reason, Verdict } from './reason.js'

const hooks: Readonly<Record<HostChain['hook'], string>> = {
  untracked: ', untracked',
  preDNAT: ', before DNAT',
  forward: ', on the way through',
  normal: '',
  DefaultEndpointToHostAction: '',
}

const line = (reason: Reason): string => {
  const { direction, tier, policy, rule, action, certain, ignores, encapsulation, by, host } = reason
  const who =
    encapsulation !== undefined
      ? `Felix drops ${encapsulation} that pods send`
      : policy !== undefined
        ? `${policy}, rule ${rule}`
        : by !== undefined
          ? by
          : `the end of tier "${tier}"`
  const may = certain ? '' : ' (may match)'
  const http = ignores === undefined ? '' : ` (by Felix, which does not look at ${ignores})`
  const where = host === undefined ? '' : ` at ${host.node}${hooks[host.hook]}`
  return `  ${direction.toLowerCase()}${where}: ${who}: ${action}${may}${http}`
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
