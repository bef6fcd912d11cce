import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../cluster/port.js'
import { type Path, printPath } from '../../error.js'
import { metadataAnnotation } from '../../model/storage/storage.js'
import { isFields } from './essence.js'
import { keptMetadata } from './kept-metadata.js'
import { appliedAnnotation } from './owner-labels.js'

const Entry = t.intersection([t.type({ fieldsV1: t.unknown }), t.partial({ subresource: t.string })])

/** The fields of a FieldsV1, a list with all that is in it as one. */
const fieldsIn = (value: unknown, path: Path): ReadonlyArray<string> => {
  if (!isFields(value)) return []
  const inner = Object.entries(value).flatMap(([key, item]) =>
    key.startsWith('f:') ? fieldsIn(item, [...path, key.slice(2)]) : [],
  )
  return inner.length > 0 || path.length === 0 ? inner : [printPath(path)]
}

/** Calico up to 3.31, and 3.32 in its own group, keep annotations in one of theirs. */
const writers: ReadonlyArray<string> = [
  printPath(['metadata', 'annotations', appliedAnnotation]),
  printPath(['metadata', 'annotations', metadataAnnotation]),
]

/** Who set which fields of an object, as its `managedFields` tell. */
export interface Managers {
  /** Set by whoever wrote it for its owner, with the defaults that it got as it was stored; absent where that is not told. */
  readonly own: ReadonlySet<string> | undefined
  /** Set by others since, or through Calico, where it keeps labels and annotations by itself: no webhook reaches those. */
  readonly others: ReadonlySet<string>
}

const keptFields = (object: KubeObject): ReadonlyArray<string> =>
  Object.entries(keptMetadata(object)).flatMap(([key, map]) =>
    Object.keys(map).map((name) => printPath(['metadata', key, name])),
  )

export const managersOf = (object: KubeObject): Managers => {
  const kept = keptFields(object)
  const entries = (object.metadata.managedFields ?? []).flatMap((entry) => {
    const decoded = Entry.decode(entry)
    const isSpec = E.isRight(decoded) && decoded.right.subresource === undefined
    return isSpec ? [fieldsIn(decoded.right.fieldsV1, [])] : []
  })
  const own = entries.find((fields) => writers.some((writer) => fields.includes(writer)))
  if (own === undefined) return { own, others: new Set(kept) }
  const ours = new Set(own)
  return { own: ours, others: new Set([...kept, ...entries.flat().filter((field) => !ours.has(field))]) }
}
