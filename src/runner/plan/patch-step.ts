import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from '../../cluster/port.js'
import { printPath } from '../../error.js'
import { apiVersion, type Resource } from '../../model/resource.js'
import { nameOf, resourceId } from '../../model/resource-id.js'
import { metadataAnnotation } from '../../model/storage/storage.js'
import type { FieldChange } from '../report.js'
import type { Fields } from '../state/essence.js'
import { changesBack, fieldChange } from '../state/field-change.js'
import type { Keys } from '../state/json-path.js'
import { mergedMetadata } from '../state/kept-metadata.js'
import { at } from '../state/leaf.js'
import { type LiveResource, recordOf } from '../state/live-resource.js'
import { ownerLabel, ownerLabels, selfAnnotation } from '../state/owner-labels.js'
import { type PatchRecord, printField, printRecord, recordAnnotation } from '../state/patch-record.js'
import {
  type LiveSpec,
  liveSpec,
  meansSame,
  patched,
  type Restored,
  restored,
  wantedFields,
} from '../state/patched-spec.js'
import { patchConflict } from './patch-conflict.js'
import type { Step } from './step.js'

type Marks = Readonly<Record<string, string>>

const without = (marks: Marks, ...keys: ReadonlyArray<string>): Marks =>
  Object.fromEntries(Object.entries(marks).filter(([key]) => !keys.includes(key)))

/** The live object with another spec, as Calico's own tools write it: with all that is there beside the fields. */
const whole = (live: LiveResource, spec: Fields, labels: Marks, annotations: Marks): Resource => {
  const { kind, metadata, status } = live.object as KubeObject & { readonly status?: unknown }
  const { finalizers, ownerReferences }: Partial<KubeObject['metadata']> = {
    ...(live.resource?.metadata as object | undefined),
  }
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      resourceVersion: live.only.resourceVersion,
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ...(ownerReferences === undefined ? {} : { ownerReferences }),
    },
    spec,
    ...(status === undefined ? {} : { status }),
  } as object as Resource
}

const changesTo = (live: LiveSpec, before: Restored, record: PatchRecord): ReadonlyArray<FieldChange> => [
  ...record.flatMap(({ path, to }) => {
    const now = at(live.compared, path) ?? undefined
    return meansSame(now, to) ? [] : [fieldChange(path, now, to)]
  }),
  ...changesBack(before.fields.filter(({ path }) => !record.some((it) => isDeepStrictEqual(it.path, path)))),
]

const keptOf = ({ kept }: Restored, record: PatchRecord = []): { readonly kept?: ReadonlyArray<string> } => {
  const dropped = kept.filter((path: Keys) => !record.some((it) => isDeepStrictEqual(it.path, path)))
  return dropped.length === 0 ? {} : { kept: dropped.map(printField) }
}

/** Where there is nothing to set fields of, it is made, and is the owner's until others set fields of it. */
const creation = (owner: string, patch: Resource): Step => {
  const id = resourceId(patch)
  const { record } = patched({}, wantedFields(patch))
  const { labels, annotations } = ownerLabels(owner, id)
  const made = {
    apiVersion,
    kind: patch.kind,
    metadata: {
      name: patch.metadata.name,
      labels,
      annotations: { ...annotations, [recordAnnotation(owner)]: printRecord(id, record) },
    },
    spec: patch.spec,
  } as Resource
  return { item: { name: nameOf(patch), action: 'create' }, create: made, record }
}

/** Sets the fields of a patch, and puts back those that it named before and does not any more. */
export const patchStep = (owner: string, patch: Resource, live: LiveResource | undefined): Step => {
  if (live === undefined) return creation(owner, patch)
  const name = nameOf(patch)
  const spec = liveSpec(live.object.spec, live.resource)
  const before = restored(spec, recordOf(live, owner) ?? [])
  const { spec: next, record } = patched(before.spec, wantedFields(patch))
  const conflict = patchConflict(owner, live, record)
  if (conflict !== undefined) return { item: { name, action: 'conflict', cause: conflict } }
  const changes = changesTo(spec, before, record)
  const key = recordAnnotation(owner)
  if (changes.length === 0 && isDeepStrictEqual(record, recordOf(live, owner) ?? []))
    return { item: { name, action: 'unchanged' } }
  const { labels = {}, annotations = {} } = mergedMetadata(live.object)
  const others = without(annotations, metadataAnnotation, key)
  const recorded = record.length === 0 ? {} : { [key]: printRecord(resourceId(patch), record) }
  const path = ['metadata', 'annotations', key]
  const claim: FieldChange = {
    field: printPath(path),
    path,
    change: recordOf(live, owner) === undefined ? 'added' : 'changed',
  }
  return {
    item: {
      name,
      action: 'set',
      changes: changes.length === 0 ? [claim] : changes,
      ...keptOf(before, record),
    },
    replace: whole(live, next, labels, { ...others, ...recorded }),
    record,
  }
}

/** Puts back all that was set for the owner in an object that others have something in. */
export const putBackStep = (owner: string, live: LiveResource): Step => {
  const { name } = live
  const record = recordOf(live, owner)
  if (record === undefined) {
    const cause = `what was set, and what it was before, cannot be read in its annotation ${recordAnnotation(owner)}`
    return { item: { name, action: 'conflict', cause } }
  }
  const before = restored(liveSpec(live.object.spec, live.resource), record)
  const { labels = {}, annotations = {} } = mergedMetadata(live.object)
  const others = without(annotations, metadataAnnotation, recordAnnotation(owner))
  return {
    item: { name, action: 'restore', changes: changesBack(before.fields), ...keptOf(before) },
    replace: live.owned
      ? whole(live, before.spec, without(labels, ownerLabel), without(others, selfAnnotation))
      : whole(live, before.spec, labels, others),
    record: [],
  }
}
