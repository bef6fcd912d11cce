import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject, ObjectMeta, ResourceType } from './port.js'
import { apiVersionOf } from './resource-types.js'

const names = t.record(t.string, t.string)

const Meta = t.partial({
  name: t.string,
  generateName: t.string,
  namespace: t.string,
  uid: t.string,
  resourceVersion: t.string,
  generation: t.number,
  creationTimestamp: t.union([t.string, t.null]),
  deletionTimestamp: t.string,
  labels: names,
  annotations: names,
  finalizers: t.array(t.string),
  ownerReferences: t.array(
    t.intersection([
      t.type({ apiVersion: t.string, kind: t.string, name: t.string, uid: t.string }),
      t.partial({ controller: t.boolean, blockOwnerDeletion: t.boolean }),
    ]),
  ),
  managedFields: t.array(t.unknown),
})

const Fields = t.record(t.string, t.unknown)
const Body = t.intersection([t.partial({ apiVersion: t.string, kind: t.string, metadata: Meta }), Fields])

/** The object in a reply. Items of lists and reviews come without apiVersion, kind or name: filled in from `type`. */
export const decodeObject = (type: ResourceType, value: unknown): E.Either<t.Errors, KubeObject> => {
  const decoded = Body.decode(value)
  if (E.isLeft(decoded)) return decoded
  const { creationTimestamp, ...meta } = decoded.right.metadata ?? {}
  const metadata: ObjectMeta = {
    ...meta,
    name: meta.name ?? '',
    ...(typeof creationTimestamp === 'string' ? { creationTimestamp } : {}),
  }
  return E.right({ ...decoded.right, apiVersion: apiVersionOf(type), kind: type.kind, metadata })
}
