import type { Resource } from '../../model/resource.js'
import { nameOf, resourceId } from '../../model/resource-id.js'
import type { PlanItem } from '../report.js'
import { changedFields, digestOf } from '../state/diff.js'
import type { Present, PresentByName } from '../state/live-resource.js'
import { appliedAnnotation, marks } from '../state/owner-labels.js'
import { withNamespace } from '../state/stored-resource.js'
import type { Batch } from './batch.js'

/** What there is to do: for people as items, for the Runner as a batch and the deletions. */
export interface Plan {
  readonly items: ReadonlyArray<PlanItem>
  readonly batch: Batch
  readonly remove: ReadonlyArray<Present>
}

/** The resource with the owner's marks on it, as it will be on the cluster. */
export const marked = (owner: string, resource: Resource): Resource => {
  const placed = withNamespace(resource)
  const { labels, annotations } = marks(owner, resourceId(placed))
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

const withVersion = (resource: Resource, present: Present): Resource =>
  ({
    ...resource,
    metadata: { ...resource.metadata, resourceVersion: present.only.resourceVersion },
  }) as Resource

/** Those of these names belong to the cluster, whoever made them: others rely on what they say. */
const isShared = ({ kind, metadata }: Resource): boolean =>
  kind === 'IPPool' ||
  (metadata.name === 'default' &&
    ['FelixConfiguration', 'BGPConfiguration', 'KubeControllersConfiguration', 'Tier'].includes(kind))

type Step = { readonly item: PlanItem; readonly create?: Resource; readonly replace?: Resource }

const stepFor = (wanted: Resource, present: Present | undefined, adopt: boolean): Step => {
  const name = nameOf(wanted)
  if (present === undefined) return { item: { name, action: 'create' }, create: wanted }
  if (!present.owned && isShared(wanted)) {
    const cause = 'all of the cluster shares it: it is never taken over, and adopt does not help'
    return { item: { name, action: 'conflict', cause } }
  }
  if (!present.owned && !adopt) {
    return { item: { name, action: 'conflict', cause: 'it exists and is not of this owner' } }
  }
  if (present.resource === undefined) {
    return { item: { name, action: 'conflict', cause: 'what is stored under its name cannot be read' } }
  }
  const changes = changedFields(present.resource, wanted)
  return changes.length === 0
    ? { item: { name, action: 'unchanged' } }
    : { item: { name, action: 'update', changes }, replace: withVersion(wanted, present) }
}

export interface PlanOptions {
  /** Delete what this owner has on the cluster and the resources no longer name. */
  readonly prune?: boolean
  /** Take over foreign objects of the same names. Their former content is lost. */
  readonly adopt?: boolean
}

/** Compares what is wanted (marked as the owner's) with what is there. Writes nothing. */
export const makePlan = (
  wanted: ReadonlyArray<Resource>,
  present: PresentByName,
  options: PlanOptions,
): Plan => {
  const steps = wanted.map((resource) =>
    stepFor(resource, present.get(nameOf(resource)), options.adopt === true),
  )
  const names = new Set(wanted.map(nameOf))
  const remove =
    options.prune === true ? [...present.values()].filter((it) => it.owned && !names.has(it.name)) : []
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
