import { isPatch } from '../../model/patch.js'
import type { Resource } from '../../model/resource.js'
import { nameOf, resourceId } from '../../model/resource-id.js'
import type { Name, PlanItem } from '../report.js'
import { printAppliedFields } from '../state/applied-fields.js'
import { changedFields } from '../state/diff.js'
import { withTypes } from '../state/essence.js'
import type { LiveByName, LiveResource } from '../state/live-resource.js'
import { appliedAnnotation, ownerLabels } from '../state/owner-labels.js'
import type { PatchRecord } from '../state/patch-record.js'
import { isPatchedFor } from '../state/patched-spec.js'
import { withNamespace } from '../state/stored-resource.js'
import type { Batch } from './batch.js'
import { patchStep, putBackStep } from './patch-step.js'
import type { Step } from './step.js'

/** What there is to do: for people as items, for the Runner as a batch and the deletions. */
export interface Plan {
  readonly items: ReadonlyArray<PlanItem>
  readonly batch: Batch
  readonly remove: ReadonlyArray<LiveResource>
  /** What is recorded of the owner in the objects of the batch whose fields are set or put back. */
  readonly records: ReadonlyMap<Name, PatchRecord>
}

const withAnnotations = (resource: Resource, annotations: Readonly<Record<string, string>>): Resource =>
  ({
    ...resource,
    metadata: { ...resource.metadata, annotations: { ...resource.metadata.annotations, ...annotations } },
  }) as Resource

/** The resource as it will be sent: placed, with its types, the owner's labels, and a record of what was sent. */
export const withOwnerLabels = (owner: string, resource: Resource): Resource => {
  const placed = withTypes(withNamespace(resource))
  const { labels, annotations } = ownerLabels(owner, resourceId(placed))
  const { name, namespace } = placed.metadata as { readonly name: string; readonly namespace?: string }
  const owned = {
    apiVersion: placed.apiVersion,
    kind: placed.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...placed.metadata.labels, ...labels },
      annotations: { ...placed.metadata.annotations, ...annotations },
    },
    spec: placed.spec,
  } as Resource
  return withAnnotations(owned, { [appliedAnnotation]: printAppliedFields(owned) })
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

/** What is stored under an old name cannot be replaced under its new one: it makes room for it. */
const writing = (wanted: Resource, live: LiveResource): Pick<Step, 'create' | 'replace' | 'remove'> =>
  live.outdated ? { create: wanted, remove: live } : { replace: withVersion(wanted, live) }

const stepFor = (wanted: Resource, live: LiveResource | undefined, options: CompareOptions): Step => {
  const { adopt = false, ignore = [] } = options
  const name = nameOf(wanted)
  if (live === undefined) return { item: { name, action: 'create' }, create: wanted }
  if (!live.owned && isShared(wanted)) {
    const cause =
      'the whole cluster shares it, so it is never taken over, not even with adopt: set fields of it by a patch'
    return { item: { name, action: 'conflict', cause } }
  }
  const others = [...live.patches.keys()].filter((other) => other !== options.owner)
  if (others.length > 0) {
    const cause = `fields of it are set for ${others.map((it) => JSON.stringify(it)).join(', ')}, which a whole would undo`
    return { item: { name, action: 'conflict', cause } }
  }
  if (!live.owned && !adopt) {
    return { item: { name, action: 'conflict', cause: "it exists and is not this owner's" } }
  }
  const { resource } = live
  if (resource === undefined) {
    return { item: { name, action: 'conflict', cause: 'what is stored under its name cannot be read' } }
  }
  const changes = changedFields({ ...live, resource }, wanted, ignore)
  return changes.length === 0
    ? { item: { name, action: 'unchanged' } }
    : { item: { name, action: 'update', changes }, ...writing(wanted, live) }
}

export interface PlanOptions {
  /** Delete what this owner has on the cluster and the resources no longer name. */
  readonly prune?: boolean
  /** Take over foreign objects of the same names. Their former content is lost. */
  readonly adopt?: boolean
}

/** The same, for whom, and with the fields that the Runner's settings leave to others. */
export interface CompareOptions extends PlanOptions {
  readonly owner: string
  readonly ignore?: ReadonlyArray<string>
}

const outdatedById = (live: LiveByName): ReadonlyMap<Name, LiveResource> =>
  new Map([...live.values()].filter(({ outdated }) => outdated).map((it) => [it.id, it]))

/** Compares what is wanted (labelled as the owner's, or fields to set) with what is there. Writes nothing. */
export const makePlan = (
  wanted: ReadonlyArray<Resource>,
  live: LiveByName,
  options: CompareOptions,
): Plan => {
  const outdated = outdatedById(live)
  const names = new Set(wanted.map(nameOf))
  const { owner } = options
  const ofWanted = wanted.map((resource) => {
    const name = nameOf(resource)
    return isPatch(resource)
      ? patchStep(owner, resource, live.get(name))
      : stepFor(resource, live.get(name) ?? outdated.get(name), options)
  })
  const unnamed = options.prune === true ? [...live.values()].filter((it) => !names.has(it.id)) : []
  const patchedFor = unnamed.filter((it) => isPatchedFor(owner, it))
  const steps = [...ofWanted, ...patchedFor.map((it) => putBackStep(owner, it))]
  const twice = [...outdated.values()].filter((it) => it.owned && names.has(it.id) && live.has(it.id))
  const surplus = unnamed.filter((it) => it.owned && !patchedFor.includes(it))
  const remove = [...steps.flatMap((step) => step.remove ?? []), ...twice, ...surplus]
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
    records: new Map(
      steps.flatMap(({ item, record }) => (record === undefined ? [] : [[item.name, record]])),
    ),
  }
}
