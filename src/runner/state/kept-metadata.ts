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
