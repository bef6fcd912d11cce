import type { Resource } from '../../model/resource.js'
import { namespaceOf, printId } from '../../model/resource-id.js'

/** What staged policies would do to a world if they were enforced. */
export interface StagedChange {
  readonly put: ReadonlyArray<unknown>
  readonly remove: ReadonlyArray<string>
}

const nothing: StagedChange = { put: [], remove: [] }

const enforcedKind = (kind: Resource['kind']): string => kind.replace(/^Staged/, '')

const ofOne = (resource: Resource): StagedChange => {
  if (!resource.kind.startsWith('Staged')) return nothing
  const isKubernetes = resource.kind === 'StagedKubernetesNetworkPolicy'
  const { name, labels } = resource.metadata
  const namespace = namespaceOf(resource)
  const { stagedAction = 'Set', ...spec } = resource.spec as { readonly stagedAction?: string }
  const kind = isKubernetes ? 'KubernetesNetworkPolicy' : enforcedKind(resource.kind)
  if (stagedAction === 'Delete') return { put: [], remove: [printId({ kind, namespace, name })] }
  if (stagedAction !== 'Set') return nothing
  return {
    put: [
      {
        apiVersion: isKubernetes ? 'networking.k8s.io/v1' : 'projectcalico.org/v3',
        kind: isKubernetes ? 'NetworkPolicy' : enforcedKind(resource.kind),
        metadata: {
          name,
          ...(namespace === undefined ? {} : { namespace }),
          ...(labels === undefined ? {} : { labels }),
        },
        spec,
      },
    ],
    remove: [],
  }
}

/** The policies that the staged ones among the resources stand for; those that they would delete. */
export const stagedChange = (resources: ReadonlyArray<Resource>): StagedChange => {
  const all = resources.map(ofOne)
  return { put: all.flatMap(({ put }) => put), remove: all.flatMap(({ remove }) => remove) }
}
