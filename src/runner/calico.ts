import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { CallOptions, Cluster, ResourceType } from '../cluster/port.js'
import type { NoCalico, RunnerError } from './error.js'

/** What the Runner must know of the Calico on a cluster. */
export interface Calico {
  /** `3.28.5`: without `v`, and without what follows a `-`. */
  readonly version: string
}

const clusterInformations: ResourceType = {
  group: 'crd.projectcalico.org',
  version: 'v1',
  resource: 'clusterinformations',
  kind: 'ClusterInformation',
  namespaced: false,
}

const ClusterInformation = t.type({ spec: t.type({ calicoVersion: t.string }) })

const noCalico = (message: string, hint: string): E.Either<NoCalico, never> =>
  E.left({ _tag: 'NoCalico', message, hint })

const decodeVersion = (text: string): E.Either<NoCalico, Calico> => {
  const version = /^v?(\d+\.\d+\.\d+)/.exec(text)?.[1]
  if (version === undefined) {
    return noCalico(
      `the cluster's Calico version ${JSON.stringify(text.slice(0, 32))} cannot be read`,
      'is spec.calicoVersion of the ClusterInformation "default" a release, such as v3.28.5?',
    )
  }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 3 && minor >= 20
    ? E.right({ version })
    : noCalico(`Calico ${version} is older than what typed-calico knows`, 'use Calico 3.20 or later')
}

/**
 * The Calico of the cluster, from its ClusterInformation `default`: calicoctl compares its own version with that one.
 *
 * **Source**: `calicoctl/calicoctl/commands/common/version_mismatch.go`.
 */
export const inspectCalico =
  (cluster: Cluster, options: CallOptions): TaskEither<RunnerError, Calico> =>
  async () => {
    const found = await cluster.get({ type: clusterInformations, name: 'default' }, options)()
    if (E.isLeft(found)) {
      return found.left._tag === 'NotFound'
        ? noCalico(
            'there is no Calico on this cluster: no ClusterInformation "default" in crd.projectcalico.org/v1',
            'is this the right context? Calico with its Kubernetes datastore is needed',
          )
        : found
    }
    const information = ClusterInformation.decode(found.right)
    return E.isRight(information)
      ? decodeVersion(information.right.spec.calicoVersion)
      : noCalico(
          'the ClusterInformation "default" names no Calico version',
          'wait until calico-node has started once',
        )
  }
