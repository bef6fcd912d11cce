import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import type { CallOptions, Cluster, KubeObject, ResourceType } from '../../cluster/port.js'
import { minorOf, oldestMinor, releaseOf } from '../../model/calico-version.js'
import type { DatastoreLocked, NoCalico } from '../error.js'
import { type CalicoGroup, type StoredBy, storageType } from './stored-resource.js'

/** What the Runner must know of the Calico on a cluster. */
export interface Calico extends StoredBy {
  /** `3.28.5`: without `v`, and without what follows a `-`. */
  readonly version: string
}

/** Why the Calico of a cluster is not known. */
export type CalicoError = ClusterError | NoCalico | DatastoreLocked

const clusterInformations = (group: CalicoGroup): ResourceType => ({
  ...storageType('FelixConfiguration', group),
  resource: 'clusterinformations',
  kind: 'ClusterInformation',
})

const ClusterInformation = t.type({
  spec: t.intersection([t.type({ calicoVersion: t.string }), t.partial({ datastoreReady: t.boolean })]),
})

/** Calico's own programs wait while it is so: somebody moves the datastore, or has locked it to upgrade. */
const isLocked = (information: KubeObject): boolean => {
  const { datastoreReady } = Object(information.spec)
  return datastoreReady === false
}

const locked: DatastoreLocked = {
  _tag: 'DatastoreLocked',
  message: "Calico's datastore is locked: its ClusterInformation has datastoreReady: false",
  hint: 'wait until the migration or the upgrade that has locked it is over, and try again; nothing was written',
}

/** What a run that wrote to the other group is told. */
export const movedTo = (group: CalicoGroup): DatastoreLocked => ({
  ...locked,
  message: `Calico's resources have been moved to ${group}`,
})

const noCalico = (message: string, hint: string): E.Either<NoCalico, never> =>
  E.left({ _tag: 'NoCalico', message, hint })

const decodeVersion = (text: string, group: CalicoGroup): E.Either<NoCalico, Calico> => {
  const version = releaseOf(text)
  if (version === undefined) {
    return noCalico(
      `the cluster's Calico version ${JSON.stringify(text.slice(0, 32))} cannot be read`,
      'is spec.calicoVersion of the ClusterInformation "default" a release, such as v3.28.5?',
    )
  }
  return minorOf(version) >= oldestMinor
    ? E.right({ version, group })
    : noCalico(
        `Calico ${version} is older than what typed-calico knows`,
        `use Calico 3.${oldestMinor} or later`,
      )
}

/**
 * Where the cluster keeps Calico's resources, as calicoctl decides it: in `projectcalico.org` when the other group is
 * not served at all. A cluster that serves both has Calico's API server in front of the other.
 *
 * **Source**: 3.32 `libcalico-go/lib/backend/k8s/discovery.go`.
 */
export const groupOf = async (cluster: Cluster, options: CallOptions): Promise<CalicoGroup> => {
  const served = await cluster.group('crd.projectcalico.org', options)()
  return E.isLeft(served) && served.left._tag === 'NotFound' ? 'projectcalico.org' : 'crd.projectcalico.org'
}

/**
 * Where the ClusterInformation is that counts. While a cluster moves to native mode, and until what is left of the old
 * mode is deleted, there are two: the old one stays locked, and the new one is ready as soon as it counts.
 *
 * **Source**: 3.32 `kube-controllers/pkg/controllers/migration`.
 */
const findInformation = (
  cluster: Cluster,
  options: CallOptions,
): TaskEither<CalicoError, { readonly group: CalicoGroup; readonly information: KubeObject }> =>
  task(async (unwrap, fail) => {
    const look = (group: CalicoGroup) =>
      cluster.get({ type: clusterInformations(group), name: 'default' }, options)()
    const first = await look('crd.projectcalico.org')
    if (E.isRight(first) && !isLocked(first.right)) {
      return { group: 'crd.projectcalico.org', information: first.right }
    }
    // While the old definitions are deleted, discovery names their group for some time after its objects are gone.
    const elsewhere =
      E.isRight(first) ||
      first.left._tag === 'NotFound' ||
      (first.left._tag === 'Forbidden' && (await groupOf(cluster, options)) === 'projectcalico.org')
    const found = elsewhere ? await look('projectcalico.org') : first
    if (E.isRight(found) && !isLocked(found.right)) {
      return { group: 'projectcalico.org', information: found.right }
    }
    if (E.isRight(found) || (E.isRight(first) && found.left._tag === 'NotFound')) return fail(locked)
    if (found.left._tag !== 'NotFound') return fail(found.left)
    return unwrap(
      noCalico(
        'there is no Calico on this cluster: no ClusterInformation "default" in crd.projectcalico.org/v1 or projectcalico.org/v3',
        'is this the right context? Calico with its Kubernetes datastore is needed',
      ),
    )
  })

/**
 * The Calico of the cluster, from its ClusterInformation `default`: calicoctl compares its own version with that one.
 * Who may not read it where it mostly is gets `Forbidden` in native mode, too: there it is looked for in the other group.
 *
 * **Source**: `calicoctl/calicoctl/commands/common/version_mismatch.go`.
 */
export const inspectCalico = (cluster: Cluster, options: CallOptions): TaskEither<CalicoError, Calico> =>
  task(async (unwrap) => {
    const { group, information } = await unwrap(findInformation(cluster, options))
    const decoded = ClusterInformation.decode(information)
    return unwrap(
      E.isRight(decoded)
        ? decodeVersion(decoded.right.spec.calicoVersion, group)
        : noCalico(
            'the ClusterInformation "default" names no Calico version',
            'wait until calico-node has started once',
          ),
    )
  })
