import { mayMatch } from '../../../selector/satisfiable.js'
import type { End } from '../match.js'
import type { Rule } from '../rule.js'
import { ofHosts } from '../subject.js'
import { hostsOf } from './host-policy.js'

/** Whether an end can mean nothing but pods, and sets of networks in namespaces. */
export const isOfNamespaces = ({ scope }: End): boolean =>
  scope !== undefined && scope !== 'all' && !mayMatch(ofHosts(scope))

export const hostPolicySelectsPods: Rule = {
  what: 'A policy with preDNAT or doNotTrack selects what is in a namespace: it is asked for host endpoints alone, and these are in none.',
  remedy:
    'select host endpoints by their labels, without namespaceSelector; name namespaces in the rules, where they are meant',
  source: 'felix/calc/event_sequencer.go, tierInfoToProtoTierInfo',
  report: 'https://github.com/projectcalico/calico/pull/1330',
  find: ({ policies }) =>
    policies.flatMap(({ index, resource, phase, endpoints }) => {
      if (phase === 'normal' || endpoints === undefined || mayMatch(ofHosts(endpoints))) return []
      const field = 'namespaceSelector' in resource.spec ? 'namespaceSelector' : 'selector'
      const word = phase === 'untracked' ? 'doNotTrack' : phase
      const message = `the policy applies to nothing: with ${word} it is asked for host endpoints alone, which are in no namespace`
      return [{ index, path: ['spec', field], message }]
    }),
}

export const untrackedToPods: Rule = {
  what: 'A policy with doNotTrack lets traffic to pods through: on its way to the pod it is dropped, since no connection is known of it.',
  remedy: 'name the host itself as destination; traffic to pods needs connections that are tracked',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  report: 'https://github.com/projectcalico/calico/issues/2609',
  find: ({ policies }) =>
    policies.flatMap(({ index, phase, sides }) =>
      phase !== 'untracked'
        ? []
        : sides.flatMap(({ field, direction, rules }) =>
            rules.flatMap((match, at) => {
              if (direction !== 'Ingress' || match.action !== 'Allow' || !isOfNamespaces(match.destination))
                return []
              const message =
                'the rule lets traffic to pods pass untracked: it is dropped as invalid before it gets there'
              return [{ index, path: ['spec', field, at, 'destination'], message }]
            }),
          ),
    ),
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
