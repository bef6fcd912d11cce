import type { HostChain } from '../evaluate/reason.js'
import type { ExplainedSide, Explanation, Step } from './explanation.js'

const stepLine = ({ policy, rule, tier, by, action, matches, because, decides }: Step): string => {
  const who =
    policy !== undefined ? `${policy}, rule ${rule}` : by !== undefined ? by : `end of tier "${tier}"`
  if (matches === 'no') return `      ${who}: no match, by ${because}`
  return `    ${decides ? '→' : ' '} ${who}: ${action}${matches === 'perhaps' ? ' (may match)' : ''}`
}

const hooks: Readonly<Record<HostChain['hook'], string>> = {
  untracked: ', before connections are tracked',
  preDNAT: ', before DNAT',
  forward: ', on the way through',
  normal: '',
  DefaultEndpointToHostAction: '',
}

/** Failsafe ports that do not match are many, and say nothing. */
const isWorthALine = ({ by, matches }: Step): boolean => by === undefined || matches !== 'no'

const profileLines: Readonly<Record<NonNullable<ExplainedSide['profile']>, string>> = {
  'no policy': "    → no policy applies: the namespace's profile allows",
  'passed on': "    → no policy decides: the namespace's profile allows",
}

/** An explanation as text for people. */
export const printExplanation = ({ decision, sides, missing = [], reasons }: Explanation): string =>
  [
    decision,
    ...reasons.flatMap(({ encapsulation }) =>
      encapsulation === undefined ? [] : [`  Felix drops ${encapsulation} that pods send, before any policy`],
    ),
    ...sides.flatMap(({ direction, peer, host, steps, profile }) => [
      `  ${direction.toLowerCase()} of ${peer}${host === undefined ? '' : hooks[host.hook]}`,
      ...steps.filter(isWorthALine).map(stepLine),
      ...(profile === undefined ? [] : [profileLines[profile]]),
    ]),
    ...(sides.length + reasons.length + missing.length === 0 ? ['  no policy is asked on its way'] : []),
    ...missing.map((it) => `  not given: ${it}`),
  ].join('\n')
