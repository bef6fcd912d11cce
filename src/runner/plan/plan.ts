import type { Resource } from '../../model/resource.js'
import { nameOf, resourceId } from '../../model/resource-id.js'
import type { PlanItem } from '../report.js'
import { changedFields, digestOf } from '../state/diff.js'
import type { LiveByName, LiveResource } from '../state/live-resource.js'
import { appliedAnnotation, ownerLabels } from '../state/owner-labels.js'
import { withNamespace } from '../state/stored-resource.js'
import type { Batch } from './batch.js'

/** What there is to do: for people as items, for the Runner as a batch and the deletions. */
export interface Plan {
  readonly items: ReadonlyArray<PlanItem>
  readonly batch: Batch
  readonly remove: ReadonlyArray<LiveResource>
}

/** The resource with the owner's marks on it, as it will be on the cluster. */
export const withOwnerLabels = (owner: string, resource: Resource): Resource => {
  const placed = withNamespace(resource)
  const { labels, annotations } = ownerLabels(owner, resourceId(placed))
  const { name, namespace } = placed.metadata as { readonly name: string; readonly namespace?: string }
  return {
    apiVersion: placed.apiVersion,
    kind: placed.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...placed.metadata.labels, ...labels },
      annotations: { ...placed.metadata.annotations, ...annotations, [appliedAnnotation]: digestOf(placed) },
    },
    spec: placed.spec,
  } as Resource
}

const withVersion = (resource: Resource, live: LiveResource): Resource =>
  ({
    ...resource,
    metadata: { ...resource.metadata, resourceVersion: live.only.resourceVersion },
  }) as Resource

/** Those of these names belong to the cluster, whoever made them: others rely on what they say. */
const isShared = ({ kind, metadata }: Resource): boolean =>
  kind === 'IPPool' ||
  (metadata.name === 'default' &&
    ['FelixConfiguration', 'BGPConfiguration', 'KubeControllersConfiguration', 'Tier'].includes(kind))

type Step = { readonly item: PlanItem; readonly create?: Resource; readonly replace?: Resource }

const stepFor = (wanted: Resource, live: LiveResource | undefined, adopt: boolean): Step => {
  const name = nameOf(wanted)
  if (live === undefined) return { item: { name, action: 'create' }, create: wanted }
  if (!live.owned && isShared(wanted)) {
    const cause = 'all of the cluster shares it: it is never taken over, and adopt does not help'
    return { item: { name, action: 'conflict', cause } }
  }
  if (!live.owned && !adopt) {
    return { item: { name, action: 'conflict', cause: 'it exists and is not of this owner' } }
  }
  if (live.resource === undefined) {
    return { item: { name, action: 'conflict', cause: 'what is stored under its name cannot be read' } }
  }
  const changes = changedFields(live.resource, wanted)
  return changes.length === 0
    ? { item: { name, action: 'unchanged' } }
    : { item: { name, action: 'update', changes }, replace: withVersion(wanted, live) }
}

export interface PlanOptions {
  /** Delete what this owner has on the cluster and the resources no longer name. */
  readonly prune?: boolean
  /** Take over foreign objects of the same names. Their former content is lost. */
  readonly adopt?: boolean
}

/** Compares what is wanted (marked as the owner's) with what is there. Writes nothing. */
export const makePlan = (wanted: ReadonlyArray<Resource>, live: LiveByName, options: PlanOptions): Plan => {
  const steps = wanted.map((resource) =>
    stepFor(resource, live.get(nameOf(resource)), options.adopt === true),
  )
  const names = new Set(wanted.map(nameOf))
  const remove =
    options.prune === true ? [...live.values()].filter((it) => it.owned && !names.has(it.name)) : []
  return {
    items: [
      ...steps.map((step) => step.item),
      ...remove.map(({ name }) => ({ name, action: 'delete' as const })),
    ],
    batch: {
      create: steps.flatMap((step) => step.create ?? []),
      replace: steps.flatMap((step) => step.replace ?? []),
    },
    remove,
  }
}
