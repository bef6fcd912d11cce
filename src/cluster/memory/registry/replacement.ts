import type { KubeObject, ObjectMeta } from '../../port.js'
import { same } from '../kinds/json.js'
import type { ServedType } from '../kinds/served-type.js'
import { strategyOf } from './strategies.js'

/** What a client may set; the rest of the metadata is the server's. */
export const clientMeta = (given: ObjectMeta): ObjectMeta => {
  const { name, generateName, namespace, labels, annotations, finalizers = [], ownerReferences = [] } = given
  return {
    name,
    ...(generateName === undefined ? {} : { generateName }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(finalizers.length === 0 ? {} : { finalizers }),
    ...(ownerReferences.length === 0 ? {} : { ownerReferences }),
  }
}

const serverMeta = (old: ObjectMeta): Partial<ObjectMeta> => {
  const { uid, creationTimestamp, deletionTimestamp, resourceVersion, managedFields } = old
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(managedFields === undefined ? {} : { managedFields }),
  }
}

const specOf = ({ metadata: _, status: __, ...rest }: KubeObject): unknown => rest

/** The old object with what a PUT may change taken from the new one. */
export const replacement = (type: ServedType, old: KubeObject, object: KubeObject): KubeObject => {
  const identified = { ...object, metadata: { ...object.metadata, uid: old.metadata.uid ?? '' } }
  const { status, ...rest } = strategyOf(type).defaults?.(identified) ?? object
  const kept = type.status ? old.status : status
  const { generation = 0 } = old.metadata
  const counts = type.generation && !same(specOf(rest), specOf(old))
  return {
    ...rest,
    ...(kept === undefined ? {} : { status: kept }),
    metadata: {
      ...clientMeta(rest.metadata),
      ...serverMeta(old.metadata),
      ...(type.generation ? { generation: counts ? generation + 1 : generation } : {}),
    },
  }
}
