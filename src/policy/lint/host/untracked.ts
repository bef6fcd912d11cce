import { protocolNumber } from '../../../net/protocol-number.js'
import { and } from '../../../selector/combination.js'
import { mayMatch } from '../../../selector/satisfiable.js'
import { letsThrough, type Match } from '../match.js'
import type { Policy, Side } from '../resource-set.js'
import type { Rule } from '../rule.js'
import { ofHosts, subjectOf } from '../subject.js'
import { failsafes, isFailsafe } from './failsafe-shadows.js'
import { isOfNamespaces } from './host-only.js'
import { hostsOf } from './host-policy.js'

const tcp = protocolNumber('TCP')
const udp = protocolNumber('UDP')

export const untrackedToPods: Rule = {
  what: 'A policy with doNotTrack lets TCP through to pods: what they answer is dropped as invalid, since no connection is known of it.',
  remedy: 'name the host itself as destination; traffic to pods needs connections that are tracked',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  report: 'https://github.com/projectcalico/calico/issues/2609',
  find: ({ policies }) =>
    policies.flatMap(({ index, phase, sides }) =>
      phase !== 'untracked'
        ? []
        : sides.flatMap(({ field, direction, rules }) =>
            rules.flatMap((match, at) => {
              // A datagram that answers another is as good as one that does not.
              if (direction !== 'Ingress' || match.action !== 'Allow' || match.protocol === udp) return []
              if (!isOfNamespaces(match.destination)) return []
              const message =
                'the rule lets traffic to pods pass untracked: what they answer is dropped as invalid'
              return [{ index, path: ['spec', field, at, 'destination'], message }]
            }),
          ),
    ),
}

const isAbout = (match: Match, protocol: number): boolean =>
  (match.protocol === undefined || match.protocol === protocol) && match.notProtocol !== protocol

export const untrackedOneWay: Rule = {
  what: 'A policy with doNotTrack lets TCP through one way, and none lets the answers back: no connection is known of them, and they are dropped as invalid.',
  remedy:
    'let the answers through in the other direction: of the same protocol, with the source ports and nets that the rule has as destination',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  find: (set) => {
    const known = failsafes(set)
    const untracked = set.policies.filter(({ phase, isEnforced }) => phase === 'untracked' && isEnforced)
    const isAnswered = (policy: Policy, { direction }: Side): boolean => {
      const subject = subjectOf(policy, 'hosts')
      return untracked.some(
        (other) =>
          other.sides.some(
            (side) =>
              side.direction !== direction &&
              side.rules.some((match) => letsThrough(match) && isAbout(match, tcp)),
          ) &&
          (subject === undefined ||
            other.endpoints === undefined ||
            mayMatch(and(subject, ofHosts(other.endpoints)))),
      )
    }
    // Where it is not known which ports are failsafe, answers may be.
    if (known.length === 0) return []
    return untracked.flatMap((policy) =>
      policy.sides.flatMap((side) => {
        if (isAnswered(policy, side)) return []
        return side.rules.flatMap((match, at) => {
          if (match.action !== 'Allow' || match.protocol !== tcp || isOfNamespaces(match.destination))
            return []
          if (known.some((lists) => isFailsafe(match, side.direction, lists[side.direction]))) return []
          const message = `what answers this is dropped: no policy with doNotTrack lets TCP ${side.direction === 'Ingress' ? 'out' : 'in'} again`
          return [{ index: policy.index, path: ['spec', side.field, at], message }]
        })
      }),
    )
  },
}

export const untrackedOnAllInterfaces: Rule = {
  what: 'A policy with doNotTrack selects only host endpoints of all interfaces (interfaceName *): Felix does not ask it for these.',
  remedy: 'give the nodes host endpoints for their interfaces by name, or leave doNotTrack out',
  source: 'felix/dataplane/linux/endpoint_mgr.go, resolveHostEndpoints',
  report: 'https://github.com/projectcalico/calico/pull/3416',
  find: (set) =>
    set.policies.flatMap((policy) => {
      const { index, phase } = policy
      const hosts = phase === 'untracked' ? hostsOf(policy, set) : []
      if (hosts.length === 0 || hosts.some(({ endpoint }) => endpoint.spec.interfaceName !== '*')) return []
      const names = hosts.slice(0, 3).map(({ name }) => name)
      const message = `the policy is never asked: ${names.join(', ')}${hosts.length > 3 ? ' and others' : ''} have all interfaces, for which there is no doNotTrack`
      return [{ index, path: ['spec', 'doNotTrack'], message }]
    }),
}
