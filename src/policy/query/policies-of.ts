import type { PolicyType } from '../../model/policy/policy.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { RankedPolicy } from '../compile/policy-set.js'
import type { Certainty } from '../compile/three-valued.js'
import { policiesOfPeer } from '../evaluate/applying-policy.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Hook } from '../evaluate/reason.js'

/** A policy that selects a peer. */
export interface SelectingPolicy {
  readonly policy: string
  readonly tier: string
  readonly types: ReadonlyArray<PolicyType>
  /** Whether it surely selects it; otherwise that hangs on what is not given. */
  readonly certain: boolean
  /** Of a node: the host endpoint that it selects, and where that is asked it. */
  readonly endpoint?: string
  readonly hooks?: ReadonlyArray<Hook>
}

const selecting = ({ policy, selects }: RankedPolicy & { readonly selects: Certainty }): SelectingPolicy => ({
  policy: policy.name,
  tier: policy.tier,
  types: (['Ingress', 'Egress'] as const).filter((type) => policy.rules[type] !== undefined),
  certain: selects === 2,
})

const hooksOf = ({ policy }: RankedPolicy): ReadonlyArray<Hook> =>
  policy.hook !== 'normal' ? [policy.hook] : policy.onForward ? ['forward', 'normal'] : ['normal']

/** The policies that a host endpoint is asked, by its name as `HostEndpoint(node-1)`. */
const policiesOfEndpoint = (
  { policies, endpoints, peers }: PolicyWorld,
  name: string,
): ReadonlyArray<SelectingPolicy> => {
  const entity = endpoints.entities.find((it) => it.name === name)
  if (entity === undefined) return []
  return policiesOfPeer({ own: peers.classOf(entity) }, policies).map((it) => ({
    ...selecting(it),
    endpoint: name,
    hooks: hooksOf(it),
  }))
}

/**
 * The policies that select a pod, a host endpoint, or the endpoints that a node's interface has, in the order in which
 * they are asked. Those for hosts alone are none of a pod's.
 */
export const policiesOf = (
  world: PolicyWorld,
  { endpoint, at: [{ peer, place }] }: ResolvedPeer,
): ReadonlyArray<SelectingPolicy> => {
  if (endpoint._tag === 'Address' && endpoint.ip.startsWith('HostEndpoint('))
    return policiesOfEndpoint(world, endpoint.ip)
  if (place._tag === 'Host') {
    const governing = world.hosts.host(place.node).governing(place.interface, place.address)
    const those = governing.flatMap(({ named, all }) => [named, all].flatMap((it) => it?.entity.name ?? []))
    return [...new Set(those)].flatMap((name) => policiesOfEndpoint(world, name))
  }
  return policiesOfPeer({ own: peer.own }, world.policies)
    .filter(({ policy }) => policy.hook === 'normal')
    .map(selecting)
}
