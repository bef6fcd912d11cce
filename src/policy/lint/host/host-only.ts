import { mayMatch } from '../../../selector/satisfiable.js'
import type { End } from '../match.js'
import type { Rule } from '../rule.js'
import { ofHosts } from '../subject.js'

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
