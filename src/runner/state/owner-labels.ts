import * as E from 'fp-ts/lib/Either.js'
import type { ObjectMeta } from '../../cluster/port.js'
import { printId, type ResourceId } from '../../model/resource-id.js'
import type { BadOption } from '../error.js'

const domain = 'typed-calico.projectcalico.org'

/**
 * On every object of an owner. Calico 3.28 keeps a label that `kubectl -l` finds only where its key contains
 * `projectcalico.org/`. **Source**: `libcalico-go/lib/backend/k8s/resources/resources.go`, isOurs.
 */
export const ownerLabel = `${domain}/owner`
/** On every object of one run. */
export const runLabel = `${domain}/run`
/** Names the object itself and its owner, so that a label which was copied to another object owns nothing. */
export const selfAnnotation = `${domain}/self`
/** What was applied, field by field, so that drift shows: see `applied-fields.ts`. */
export const appliedAnnotation = `${domain}/applied`
/** On the input of a run: its SHA-256. */
export const digestAnnotation = `${domain}/sha256`

/** What the self annotation holds: the owner, and which object it is. */
const self = (owner: string, id: ResourceId): string => `${owner}:${printId(id)}`

/** What makes an object this owner's, to be put on it. */
export const ownerLabels = (
  owner: string,
  id: ResourceId,
): Required<Pick<ObjectMeta, 'labels' | 'annotations'>> => ({
  labels: { [ownerLabel]: owner },
  annotations: { [selfAnnotation]: self(owner, id) },
})

/** Whether the object is this owner's: by its label, and by an annotation that names this very object. */
export const isOwned = (
  owner: string,
  id: ResourceId,
  metadata: Pick<ObjectMeta, 'labels' | 'annotations'>,
): boolean =>
  metadata.labels?.[ownerLabel] === owner && metadata.annotations?.[selfAnnotation] === self(owner, id)

/** Whose the object is, of all owners there are; nobody's without such marks. */
export const ownerOf = (
  id: ResourceId,
  metadata: Pick<ObjectMeta, 'labels' | 'annotations'>,
): string | undefined => {
  const owner = metadata.labels?.[ownerLabel]
  return owner !== undefined && isOwned(owner, id, metadata) ? owner : undefined
}

/** Lists what may be this owner's; `isOwned` then decides. */
export const ownerSelector = (owner: string): string => `${ownerLabel}=${owner}`

/** An owner is a label value that also fits into object names: `karydia`, `shop-ci`. */
export const decodeOwner = (owner: string): E.Either<BadOption, string> =>
  /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(owner)
    ? E.right(owner)
    : E.left({
        _tag: 'BadOption',
        option: 'owner',
        message: `the owner ${JSON.stringify(owner.slice(0, 64))} is not usable`,
        hint: 'use 1 to 40 lower-case letters, digits and "-", with a letter or digit at both ends',
      })
