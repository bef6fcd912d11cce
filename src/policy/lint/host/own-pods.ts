import { areNetsWithin } from '../covers.js'
import { type End, type Nets, netsOf } from '../match.js'
import type { ResourceSet } from '../resource-set.js'
import type { Rule } from '../rule.js'
import { isOfNamespaces } from './host-only.js'
import { isForNodes } from './host-policy.js'

const podNetworks = ({ resources }: ResourceSet): Nets =>
  netsOf(
    resources.flatMap((it) => (it?.kind === 'IPPool' && it.spec.cidr !== undefined ? [it.spec.cidr] : [])),
  )

const isOfPods = (end: End, pools: Nets): boolean =>
  isOfNamespaces(end) || (end.nets.given.length > 0 && areNetsWithin(end.nets, pools))

export const ownPodsNotAsked: Rule = {
  what: 'A rule denies on nodes what comes from pods, or goes to them. The pods of the node itself never meet it: its own policies are not asked between a node and its pods.',
  remedy:
    'deny it with an egress policy for the pods, or set defaultEndpointToHostAction; what a node sends to its own pods cannot be denied',
  source: 'felix/rules/static.go, filterInputChain and filterOutputChain',
  report: 'https://github.com/projectcalico/calico/issues/7056',
  find: (set) => {
    const pools = podNetworks(set)
    return set.policies
      .filter((policy) => policy.phase === 'normal' && isForNodes(policy, set))
      .flatMap(({ index, sides }) =>
        sides.flatMap(({ field, direction, rules }) =>
          rules.flatMap((match, at) => {
            const end = direction === 'Ingress' ? 'source' : 'destination'
            if (match.action !== 'Deny' || !isOfPods(match[end], pools)) return []
            const message =
              direction === 'Ingress'
                ? 'pods of the node itself never meet this rule: it denies pods of other nodes alone'
                : 'the rule does not keep a node from its own pods: it denies pods of other nodes alone'
            return [{ index, path: ['spec', field, at, end], message }]
          }),
        ),
      )
  },
}
