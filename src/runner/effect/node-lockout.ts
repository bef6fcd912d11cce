import type { PolicyType } from '../../model/policy/policy.js'
import type { CompiledWorld, PeerFlow } from '../../policy/compiled-world.js'
import type { Reason, Verdict } from '../../policy/evaluate/reason.js'
import type { Lockout } from '../error.js'
import type { WorldPair } from './connectivity-effect.js'
import type { Need } from './need.js'

/** A need that is met before, and not after. */
export interface Cut {
  /** `node worker-1 off from the API server`. */
  readonly what: string
  /** What decides over the first of its flows. */
  readonly by: Reason | undefined
}

/** From the beginning, the middle and the end of the ports that Linux gives out: `net.ipv4.ip_local_port_range`. */
const sourcePorts = [32768, 46112, 60999]

/** The flow, from whichever port it comes. */
const fromAnyPort = (flow: PeerFlow): ReadonlyArray<PeerFlow> =>
  flow.port === undefined || flow.sourcePort !== undefined
    ? [flow]
    : sourcePorts.map((sourcePort) => ({ ...flow, sourcePort }))

/** The first flow's verdict where every flow is surely denied; `undefined` where one may get through. */
const allDenied = (world: CompiledWorld, flows: ReadonlyArray<PeerFlow>): Verdict | undefined => {
  let first: Verdict | undefined
  for (const flow of flows)
    for (const one of fromAnyPort(flow)) {
      const verdict = world.verdict(one)
      if (verdict.decision !== 'denied') return undefined
      first ??= verdict
    }
  return first
}

/** So many are enough to see what is wrong. */
const mostCuts = 100

/** What the change would provably cut off. What was cut off before is not its doing, and what is not known proves nothing. */
export const cutsOf = ({ before, after }: WorldPair, needs: ReadonlyArray<Need>): ReadonlyArray<Cut> => {
  const cuts: Array<Cut> = []
  for (const { what, flows } of needs) {
    if (cuts.length === mostCuts) break
    const denied = allDenied(after, flows)
    if (denied === undefined || allDenied(before, flows) !== undefined) continue
    cuts.push({ what, by: denied.reasons.at(-1) })
  }
  return cuts
}

const ruleWords: Readonly<Record<PolicyType, string>> = { Ingress: 'ingress', Egress: 'egress' }

/** Which policy, rule and chain, and on which node. */
const printReason = ({ policy, rule, direction, tier, host, by }: Reason): string => {
  const what =
    policy !== undefined
      ? `${policy}, ${ruleWords[direction]} rule ${rule}`
      : by !== undefined
        ? `${by}, which denies what no policy allows`
        : tier === ''
          ? 'the end of the chain, which denies what no policy allows'
          : `the end of tier "${tier}", which denies what no rule allows`
  if (host === undefined) return what
  const chain = `${host.hook === 'DefaultEndpointToHostAction' ? host.hook : `the ${host.hook} chain`}`
  return `${what}, in ${chain} (${ruleWords[direction]}) of ${host.endpoint ?? 'the host'} on node ${host.node}`
}

const mostNamed = 3

/** Why apply refuses; `undefined` where nothing is cut off. */
export const nodeLockout = (
  cuts: ReadonlyArray<Cut>,
  policies: ReadonlyArray<string>,
): Lockout | undefined => {
  if (cuts.length === 0) return undefined
  const named = cuts
    .slice(0, mostNamed)
    .map(({ what, by }) => `${what}${by === undefined ? '' : `: ${printReason(by)}`}`)
  const rest = cuts.length - named.length
  const deciding = [...new Set(cuts.flatMap(({ by }) => by?.policy ?? []))]
  return {
    _tag: 'Lockout',
    message: `this would cut ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    hint: "let this traffic through by a rule or a failsafe port, exclude these nodes or pods by selector, or pass lockout: 'ignore' to go on",
    policies: deciding.length > 0 ? deciding : policies,
    cuts: cuts.map(({ what }) => what),
  }
}
