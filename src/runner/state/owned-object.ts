import type { KubeObject, Preconditions, Ref, ResourceType } from '../../cluster/port.js'
import { objectId, printId } from '../../model/resource-id.js'
import type { Name } from '../report.js'

/** An object whose ownership was proven when it was read at this very version. */
export interface OwnedObject {
  readonly name: Name
  readonly ref: Ref
  readonly only: Preconditions
  /** It is being deleted already, and waits for this. */
  readonly waitsFor?: string
}

/** An object that was read, as what may be deleted at this very version. */
export const toOwnedObject = (type: ResourceType, object: KubeObject): OwnedObject => {
  const { name, namespace, uid = '', resourceVersion = '' } = object.metadata
  const { deletionTimestamp, finalizers = [] } = object.metadata
  return {
    name: printId(objectId({ ...object, kind: type.kind })),
    ref: { type, name, ...(namespace === undefined ? {} : { namespace }) },
    only: { uid, resourceVersion },
    ...(deletionTimestamp === undefined ? {} : { waitsFor: `its finalizers: ${finalizers.join(', ')}` }),
  }
}
