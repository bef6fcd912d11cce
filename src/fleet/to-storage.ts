import * as E from 'fp-ts/lib/Either.js'
import { checkList } from '../check/check-list.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../error.js'
import { parseVersion, printVersion, release, type Version } from '../model/calico-version.js'
import type { Resource } from '../model/resource.js'
import { printResource } from '../model/resource-id.js'
import { completeSpec, isCompleted } from '../model/storage/complete.js'
import { type StoredObject, storedObject } from '../model/storage/stored-object.js'
import { withOwnerLabels } from '../runner/plan/plan.js'
import { withNamespace } from '../runner/state/stored-resource.js'
import { givenOwner } from './given-owner.js'

/** For which release objects are made, and for whom they are marked. */
export interface ToStorageOptions {
  /** The release that the cluster runs, such as `3.28.5`: each stores some kinds in its own way. */
  readonly calico: string
  /** Marks the objects as the Runner does, so that its `status` and `cleanup` find them. */
  readonly owner?: string
}

const wrongVersion = (message: string, hint: string): E.Either<Invalid, never> =>
  E.left(invalid([{ rule: 'no-storage-form', path: ['calico'], message, hint }]))

/** Releases whose stored form was seen, or follows from their source. The first ones of 3.29 and 3.30 named policies otherwise. */
const storageRelease = (calico: string): E.Either<Invalid, Version> => {
  const parsed = parseVersion(calico)
  if (E.isLeft(parsed)) return parsed
  const version = parsed.right
  if (version < release('3.28')) {
    const hint = 'Calico 3.28 is the oldest whose stored form is known; apply the resources with the Runner'
    return wrongVersion(`the stored form of Calico ${printVersion(version)} is not known`, hint)
  }
  if (version >= release('3.33')) {
    const hint =
      'from 3.33 on, clusters take projectcalico.org/v3 as it is: print them with toYaml, or render without --as'
    return wrongVersion(`the stored form of Calico ${printVersion(version)} is not known`, hint)
  }
  const isEarly =
    (version >= release('3.29') && version < release('3.29.4')) ||
    (version >= release('3.30') && version < release('3.30.1'))
  return isEarly
    ? wrongVersion(
        `Calico ${printVersion(version)} does not keep the names of policies as they were given`,
        'move the cluster to 3.29.4, 3.30.1 or a later release, or apply the resources with the Runner',
      )
    : parsed
}

/** Of these, what is filled in differs by release. */
const unsupported = (resource: Resource): ReadonlyArray<Issue> =>
  isCompleted(resource.kind)
    ? []
    : [
        {
          rule: 'no-storage-form',
          path: ['kind'],
          message: `what Calico fills in for a ${resource.kind} differs from release to release`,
          hint: 'apply it with the Runner or with calicoctl',
          resource: printResource(resource),
        },
      ]

/**
 * The resources in the form in which calicoctl of a release stores them (`crd.projectcalico.org/v1`), for tools that
 * apply to Kubernetes alone: Gardener, Argo CD, Flux, `kubectl`. They are checked first. What else calicoctl would do
 * is left out: nobody looks whether a policy's tier is there, or who may write to it.
 *
 * **Errors**: `Invalid`: as `check`, for that release; `no-storage-form` for a release or a kind whose form is not known.
 *
 * **Source**: `libcalico-go/lib/backend/k8s/resources/resources.go`, `libcalico-go/lib/clientv3`.
 *
 * @example
 * toStorage([networkPolicy('web', 'shop')], { calico: '3.28.5' }) // => Right, with the name default.web
 */
export const toStorage = (
  resources: ReadonlyArray<unknown>,
  { calico, owner }: ToStorageOptions,
): E.Either<Invalid, ReadonlyArray<StoredObject>> => {
  const version = storageRelease(calico)
  if (E.isLeft(version)) return version
  const usable = givenOwner(owner)
  if (E.isLeft(usable)) return usable
  return E.chain((checked: ReadonlyArray<Resource>) =>
    unlessIssues(
      checked.flatMap(unsupported),
      checked.map((resource) =>
        store(owner === undefined ? withNamespace(resource) : withOwnerLabels(owner, resource), calico),
      ),
    ),
  )(checkList(resources, { calico }))
}

/** Without the time of creation, which calicoctl keeps as well: Calico takes that of the object. */
const store = ({ kind, metadata, spec }: Resource, calico: string): StoredObject => {
  const { name, namespace, labels = {}, annotations = {} } = metadata
  const own = { name, labels, annotations, ...(namespace === undefined ? {} : { namespace }) }
  return storedObject({ kind, metadata: own, spec: completeSpec(kind, spec, calico) }, calico)
}
