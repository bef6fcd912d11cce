import { printResource } from '../../model/resource-id.js'
import type { Labels } from '../../selector/ast.js'
import { matches } from '../../selector/match.js'
import { overNamespace, read } from '../compile/peer-selector.js'
import type { ResourceSet } from './resource-set.js'
import type { Remark, Rule } from './rule.js'

interface Outsider {
  readonly name: string
  readonly labels: Labels
}

/** What is in no namespace, and has addresses. */
const outsiders = ({ resources, hosts }: ResourceSet): ReadonlyArray<Outsider> => [
  ...resources.flatMap((it) =>
    it?.kind === 'GlobalNetworkSet' && (it.spec.nets ?? []).length > 0
      ? [{ name: printResource(it), labels: it.metadata.labels ?? {} }]
      : [],
  ),
  ...hosts.flatMap(({ name, labels, endpoint }) =>
    (endpoint.spec.expectedIPs ?? []).length > 0 ? [{ name, labels }] : [],
  ),
]

export const namespaceSelectorTakesMore: Rule = {
  what: 'A namespaceSelector of a rule says only which namespaces are not meant: it also takes global network sets and host endpoints, which are in none.',
  remedy: 'add has(projectcalico.org/name) to the namespaceSelector',
  source: 'libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go, getEndpointSelector',
  report: 'https://github.com/projectcalico/calico/issues/5102',
  find: (set) => {
    const others = outsiders(set)
    if (others.length === 0) return []
    const known = new Map<string, boolean>()
    const takesAll = (text: string): boolean => {
      const there = known.get(text)
      if (there !== undefined) return there
      const selector = read(text)
      const takes = selector !== undefined && matches(overNamespace(selector), {})
      known.set(text, takes)
      return takes
    }
    return set.policies.flatMap(({ index, resource, sides }) =>
      sides.flatMap(({ field, rules }) =>
        rules.flatMap((match, at) =>
          (['source', 'destination'] as const).flatMap((end): ReadonlyArray<Remark> => {
            const text = resource.spec[field]?.[at]?.[end]?.namespaceSelector
            const { scope } = match[end]
            if (!text || scope === undefined || scope === 'all' || /global\(/.test(text) || !takesAll(text))
              return []
            const other = others.find(({ labels }) => matches(scope, labels))
            if (other === undefined) return []
            const message = `the rule is about ${other.name}, too, which is in no namespace`
            return [{ index, path: ['spec', field, at, end, 'namespaceSelector'], message }]
          }),
        ),
      ),
    )
  },
}
