import type { Labels } from '../../selector/ast.js'
import { matches } from '../../selector/match.js'
import { labelsOfHost, labelsOfSet } from '../world/known-labels.js'
import type { ResourceSet } from './resource-set.js'
import type { Remark, Rule } from './rule.js'
import { holdsFor, knownLabelsOf } from './subject.js'

/** Whatever else a selector of a rule may find: sets of networks and host endpoints. */
const others = ({ resources, hosts, world }: ResourceSet): ReadonlyArray<Labels> => [
  ...resources.flatMap((it) => {
    if (it?.kind === 'GlobalNetworkSet') return [labelsOfHost(it.metadata.labels ?? {}, []).labels]
    if (it?.kind !== 'NetworkSet') return []
    const { namespace = 'default', labels = {} } = it.metadata
    return [labelsOfSet(labels, namespace, world.namespaces.get(namespace)).labels]
  }),
  ...hosts.map(({ labels }) => labels),
]

export const hostNetworkPodSelected: Rule = {
  what: 'A rule selects pods that are all on the network of their hosts: Calico does not know them as endpoints, so it finds nothing.',
  remedy: 'name the nodes: by nets, or by host endpoints that have expectedIPs',
  source: 'libcalico-go/lib/backend/k8s/conversion/conversion.go, IsValidCalicoWorkloadEndpoint',
  report: 'https://github.com/projectcalico/libcalico-go/issues/1060',
  world: 'pods',
  find: (set) => {
    const pods = set.world.pods.map((pod) => ({ pod, known: knownLabelsOf(pod, set.world) }))
    if (!pods.some(({ pod }) => pod.isOnHostNetwork)) return []
    const elsewhere = others(set)
    return set.policies.flatMap(({ index, sides }) =>
      sides.flatMap(({ field, rules }) =>
        rules.flatMap((match, at) =>
          (['source', 'destination'] as const).flatMap((end): ReadonlyArray<Remark> => {
            const { scope } = match[end]
            if (scope === undefined || scope === 'all') return []
            const found = pods.filter(({ known }) => holdsFor(scope, known) !== 0)
            const [first] = found
            if (first === undefined || holdsFor(scope, first.known) !== 2) return []
            if (found.some(({ pod }) => !pod.isOnHostNetwork)) return []
            if (elsewhere.some((labels) => matches(scope, labels))) return []
            const { namespace, name } = first.pod
            const message = `the rule finds nothing: ${namespace}/${name}${found.length > 1 ? ' and the others' : ''} that it selects are on the network of their hosts`
            return [{ index, path: ['spec', field, at, end, 'selector'], message }]
          }),
        ),
      ),
    )
  },
}
