import { networkInterval } from '../../../net/cidr.js'
import { protocolNumber } from '../../../net/protocol-number.js'
import { type FailsafePort, felixOfNodes } from '../../world/felix-of-node.js'
import type { KnownNode } from '../../world/known-node.js'
import { areNetsWithin } from '../covers.js'
import { type Match, type Nets, netsOf } from '../match.js'
import type { ResourceSet, Side } from '../resource-set.js'
import type { Rule } from '../rule.js'
import { isForHosts, isForward } from './host-policy.js'

type Failsafe = Readonly<Record<Side['direction'], ReadonlyArray<FailsafePort>>>

const nameless: KnownNode = { name: '', labels: undefined, ips: [], expectedIPs: [], interfaces: undefined }

/** The failsafe ports of each node, or of any; none where some hang on what node it is. */
export const failsafes = ({ resources, world }: ResourceSet): ReadonlyArray<Failsafe> => {
  const given = resources.filter((it) => it !== undefined)
  const felix = felixOfNodes(given)
  const configured = given.filter((it) => it.kind === 'FelixConfiguration')
  const isBySelector = configured.some(({ spec }) => spec.nodeSelector !== undefined)
  if (isBySelector && world.nodes.size === 0) return []
  const named = configured.flatMap(({ metadata: { name } }) =>
    name.startsWith('node.') ? [{ ...nameless, name: name.slice('node.'.length) }] : [],
  )
  return [...(isBySelector ? [] : [nameless]), ...named, ...world.nodes.values()].map(
    (node) => felix(node).failsafe,
  )
}

/** Whether traffic of a port passes by each or some of them, from or to addresses that are said. */
export const passes = (
  list: ReadonlyArray<FailsafePort>,
  protocol: number,
  port: number,
  nets: Nets,
): boolean =>
  list.some(
    (it) =>
      protocolNumber(it.protocol) === protocol &&
      it.port === port &&
      (it.net === undefined ||
        (nets.given.length > 0 &&
          networkInterval(it.net) !== undefined &&
          areNetsWithin(nets, netsOf([it.net])))),
  )

/** Ranges that are wider have no failsafe port for each of their numbers. */
const widest = 64

/** Whether all that a rule is about passes by failsafe ports. */
export const isFailsafe = (
  match: Match,
  direction: Side['direction'],
  list: ReadonlyArray<FailsafePort>,
): boolean => {
  const { protocol, destination, source } = match
  const { nets } = direction === 'Ingress' ? source : destination
  if (protocol === undefined || destination.ports.given.length === 0) return false
  if (destination.ports.names.length > 0) return false
  return destination.ports.numbers.every((span) => {
    if (span.until - span.from > widest) return false
    for (let number = span.from; number < span.until; number++)
      if (!passes(list, protocol, number, nets)) return false
    return true
  })
}

export const failsafeShadows: Rule = {
  what: 'A rule denies, on a host endpoint, ports that are failsafe: Felix lets them through before it asks any policy.',
  remedy:
    'set failsafeInboundHostPorts or failsafeOutboundHostPorts in the FelixConfiguration, which may cut the node off',
  source: 'felix/rules/static.go, failsafeInChain and failsafeOutChain',
  report: 'https://github.com/projectcalico/calico/issues/8632',
  find: (set) => {
    const all = failsafes(set)
    if (all.length === 0) return []
    return set.policies
      .filter((policy) => isForHosts(policy, set) && (policy.phase !== 'normal' || !isForward(policy)))
      .flatMap(({ index, sides }) =>
        sides.flatMap(({ field, direction, rules }) =>
          rules.flatMap((match, at) => {
            if (match.action !== 'Deny') return []
            if (!all.every((lists) => isFailsafe(match, direction, lists[direction]))) return []
            const message = `the rule never acts on a host: port ${match.destination.ports.given.join(', ')} is failsafe, and let through before it is asked`
            return [{ index, path: ['spec', field, at], message }]
          }),
        ),
      )
  },
}
