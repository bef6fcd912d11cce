import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { task } from '../../async/task.js'
import type { CallOptions, Cluster, ResourceType } from '../../cluster/port.js'
import { minorOf, oldestMinor, releaseOf } from '../../model/calico-version.js'
import type { NoCalico, RunnerError } from '../error.js'
import { type CalicoGroup, type StoredBy, storageType } from './stored-resource.js'

/** What the Runner must know of the Calico on a cluster. */
export interface Calico extends StoredBy {
  /** `3.28.5`: without `v`, and without what follows a `-`. */
  readonly version: string
}

const clusterInformations = (group: CalicoGroup): ResourceType => ({
  ...storageType('FelixConfiguration', group),
  resource: 'clusterinformations',
  kind: 'ClusterInformation',
})

const ClusterInformation = t.type({ spec: t.type({ calicoVersion: t.string }) })

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
 * The Calico of the cluster, from its ClusterInformation `default`: calicoctl compares its own version with that one.
 * Who may not read it where it mostly is gets `Forbidden` in native mode, too: there it is looked for in the other group.
 *
 * **Source**: `calicoctl/calicoctl/commands/common/version_mismatch.go`.
 */
export const inspectCalico = (cluster: Cluster, options: CallOptions): TaskEither<RunnerError, Calico> =>
  task(async (unwrap) => {
    const look = (group: CalicoGroup) =>
      cluster.get({ type: clusterInformations(group), name: 'default' }, options)()
    const first = await look('crd.projectcalico.org')
    const elsewhere =
      E.isLeft(first) &&
      (first.left._tag === 'NotFound' || first.left._tag === 'Forbidden') &&
      (await groupOf(cluster, options)) === 'projectcalico.org'
    const found = elsewhere ? await look('projectcalico.org') : first
    if (E.isLeft(found) && found.left._tag === 'NotFound') {
      return unwrap(
        noCalico(
          'there is no Calico on this cluster: no ClusterInformation "default" in crd.projectcalico.org/v1 or projectcalico.org/v3',
          'is this the right context? Calico with its Kubernetes datastore is needed',
        ),
      )
    }
    const information = ClusterInformation.decode(await unwrap(found))
    return unwrap(
      E.isRight(information)
        ? decodeVersion(
            information.right.spec.calicoVersion,
            elsewhere ? 'projectcalico.org' : 'crd.projectcalico.org',
          )
        : noCalico(
            'the ClusterInformation "default" names no Calico version',
            'wait until calico-node has started once',
          ),
    )
  })
