import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject, ObjectMeta } from '../../cluster/port.js'
import { metadataAnnotation } from '../../model/storage/storage.js'

type Named = Pick<ObjectMeta, 'labels' | 'annotations'>

const Kept = t.partial({ labels: t.record(t.string, t.string), annotations: t.record(t.string, t.string) })

/** The labels and annotations that Calico keeps in an annotation of its own; none where they cannot be read. */
export const keptMetadata = ({ metadata: { annotations } }: KubeObject): Named => {
  const parsed = E.tryCatch(
    () => JSON.parse(annotations?.[metadataAnnotation] ?? '{}') as unknown,
    () => undefined,
  )
  const kept = E.isRight(parsed) ? Kept.decode(parsed.right) : parsed
  if (E.isLeft(kept)) return {}
  const { labels = {}, annotations: others = {} } = kept.right
  return { labels, annotations: others }
}

/** Those together with the object's own, as Calico reads them. */
export const mergedMetadata = (object: KubeObject): Named => {
  const { labels, annotations } = object.metadata
  const kept = keptMetadata(object)
  return {
    labels: { ...labels, ...kept.labels },
    annotations: { ...annotations, ...kept.annotations },
  }
}

/** Keys of labels and annotations. */
export interface Marks {
  readonly labels: ReadonlyArray<string>
  readonly annotations: ReadonlyArray<string>
}

type Map = Readonly<Record<string, string>>

const without = (map: Map | undefined, keys: ReadonlyArray<string>): Map | undefined => {
  const left = Object.entries(map ?? {}).filter(([key]) => !keys.includes(key))
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

const withoutKeys = <M extends Named>(metadata: M, marks: Marks): M => {
  const { labels, annotations, ...others } = metadata
  const left = { labels: without(labels, marks.labels), annotations: without(annotations, marks.annotations) }
  return {
    ...others,
    ...(left.labels === undefined ? {} : { labels: left.labels }),
    ...(left.annotations === undefined ? {} : { annotations: left.annotations }),
  } as M
}

/** The object without these labels and annotations, both where Kubernetes sees them and where Calico keeps them. */
export const withoutMarks = (object: KubeObject, marks: Marks): KubeObject => {
  const metadata = withoutKeys(object.metadata, marks)
  const text = metadata.annotations?.[metadataAnnotation]
  const kept =
    text === undefined
      ? E.left(undefined)
      : E.tryCatch(
          () => JSON.parse(text) as Named,
          () => undefined,
        )
  return {
    ...object,
    metadata: E.isLeft(kept)
      ? metadata
      : {
          ...metadata,
          annotations: {
            ...metadata.annotations,
            [metadataAnnotation]: JSON.stringify(withoutKeys(kept.right, marks)),
          },
        },
  }
}
