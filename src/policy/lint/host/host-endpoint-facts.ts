import { matches } from '../../../selector/match.js'
import type { End } from '../match.js'
import type { ResourceSet } from '../resource-set.js'
import type { Rule } from '../rule.js'
import { createdBy, type LintHost } from './lint-hosts.js'

/** Whether a rule's end means an endpoint by its labels, and would not mean one without any. */
const isSelectedBy = ({ scope }: End, { labels }: LintHost): boolean =>
  scope !== undefined && scope !== 'all' && matches(scope, labels) && !matches(scope, {})

/** Where a rule selects it, in words. */
const selectedAt = (host: LintHost, { policies }: ResourceSet): string | undefined => {
  for (const { resource, sides } of policies)
    for (const { field, rules } of sides)
      for (const [at, match] of rules.entries())
        for (const end of ['source', 'destination'] as const)
          if (isSelectedBy(match[end], host))
            return `${field}[${at}].${end} of ${resource.kind}(${resource.metadata.name})`
  return undefined
}

export const hostEndpointWithoutAddress: Rule = {
  what: 'A rule selects a host endpoint that has no expectedIPs: selectors stand for addresses, so it finds none of this host.',
  remedy: 'write the addresses of the host as expectedIPs',
  source: 'felix/calc/event_sequencer.go; api/pkg/apis/projectcalico/v3/hostendpoint.go, ExpectedIPs',
  report: 'https://github.com/projectcalico/calico/issues/4721',
  find: (set) =>
    set.hosts.flatMap((host) => {
      const { index, endpoint } = host
      if (index === undefined || (endpoint.spec.expectedIPs ?? []).length > 0) return []
      const where = selectedAt(host, set)
      if (where === undefined) return []
      return [
        {
          index,
          path: ['spec', 'expectedIPs'],
          message: `${where} selects this endpoint and finds no address of it`,
        },
      ]
    }),
}

export const hostEndpointWithoutNode: Rule = {
  what: 'A host endpoint names a node that is not there: it governs nothing, and rules that select it find addresses that others may have by now.',
  remedy: 'delete it, unless it stands for a machine outside the cluster',
  source: 'kube-controllers/pkg/controllers/node/hostendpoints.go',
  report: 'https://github.com/projectcalico/calico/issues/4015',
  world: 'all nodes',
  find: ({ hosts, world }) =>
    world.nodes.size === 0
      ? []
      : hosts.flatMap(({ index, endpoint, labels }) => {
          const { node = '' } = endpoint.spec
          if (index === undefined || node === '' || world.nodes.has(node)) return []
          const isMade = labels[createdBy] === 'calico-kube-controllers'
          const whose = isMade ? ', and Calico made the endpoint for one' : ''
          return [{ index, path: ['spec', 'node'], message: `there is no node ${node}${whose}` }]
        }),
}
