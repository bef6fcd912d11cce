import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { Sent } from './packet-holds.js'

/** What of a world could not be read and may decide over a flow, in words: nothing where it does not matter. */
export type UnreadFacts = (
  peers: { readonly from: ResolvedPeer; readonly to: ResolvedPeer },
  sent?: Sent,
) => ReadonlyArray<string>

/** What of the world that was read tells how far the rest matters. */
export interface ReadFacts {
  readonly hasPolicies: boolean
  /** Whether some policy is in another tier than the default one. */
  readonly hasTiers: boolean
  /** Whether a policy would be asked by hosts on the way, if there are any. */
  readonly areHostsOnTheWay: boolean
}

const namesPolicies = (kind: string): boolean => /Policy(?:\.|$)/.test(kind)

/** Which flows a kind may decide over. */
type Reach = 'all' | 'none' | 'outside' | 'tunnels and outside'

const reachOf = (kind: string, { hasPolicies, hasTiers, areHostsOnTheWay }: ReadFacts): Reach => {
  if (namesPolicies(kind)) return 'all'
  switch (kind) {
    case 'Tier':
      return hasTiers ? 'all' : 'none'
    case 'NetworkSet':
    case 'GlobalNetworkSet':
      return hasPolicies ? 'all' : 'none'
    case 'HostEndpoint':
    case 'KubeControllersConfiguration':
    case 'Profile':
      return areHostsOnTheWay ? 'all' : 'outside'
    case 'Pod':
    case 'Node':
      return 'outside'
    case 'FelixConfiguration':
      return 'tunnels and outside'
    default:
      return 'none'
  }
}

const udp = 17
const ipInIp = 4

const isReached = (reach: Reach, isOutside: boolean, sent: Sent | undefined): boolean =>
  reach === 'all' ||
  (reach !== 'none' && isOutside) ||
  (reach === 'tunnels and outside' && (sent?.protocol === udp || sent?.protocol === ipInIp))

const missing = (kind: string): string => `every ${kind} of the cluster: not all could be read`

/**
 * How far kinds that could not be read have a say. A policy may deny, or allow first, what others decide; a set may have
 * any address; what is no pod of the world may be one that could not be read, or a host.
 */
export const unreadOf = (unread: ReadonlyArray<string>, facts: ReadFacts): UnreadFacts => {
  const kinds = [...new Set(unread)].map((kind) => ({ kind, reach: reachOf(kind, facts) }))
  return ({ from, to }, sent) => {
    const isOutside = !from.isPod || !to.isPod
    return kinds.flatMap(({ kind, reach }) => (isReached(reach, isOutside, sent) ? [missing(kind)] : []))
  }
}
