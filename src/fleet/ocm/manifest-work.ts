import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { type Invalid, unlessIssues } from '../../error.js'
import { nameIssues } from '../object-name.js'
import type { WorkContent } from './work-content.js'
import { type WorkSpec, workSpecs } from './work-spec.js'

/** What a ManifestWork carries, and to which cluster. */
export interface ManifestWorkOptions extends WorkContent {
  /** The managed cluster: its namespace on the hub. */
  readonly cluster: string
}

/**
 * The ManifestWorks by which Open Cluster Management brings resources to one cluster: one with the service accounts and their
 * least rights, and one, or several from 500 KiB on, that the work agent applies with those rights alone. Where it carries a Job, the
 * Job's end comes back as feedback and as a condition. Resources go with their work; what a Job did is removed by one with
 * `task: 'remove'`, which then removes itself.
 *
 * **Errors**: `Invalid`: as `check`, for that release; `bad-option`, `name`, `owner`; `too-large` for a resource that no work holds.
 *
 * **Source**: open-cluster-management.io/api `work/v1/types.go`; `pkg/work` of open-cluster-management.io/ocm.
 *
 * @example
 * const options = { name: 'guardrails', cluster: 'cluster1', calico: '3.33.0', carry: 'resources' } as const
 * toManifestWork([globalNetworkPolicy('deny-all').denyIngress()], options) // => Right, with two ManifestWorks
 */
export const toManifestWork = (
  resources: ReadonlyArray<unknown>,
  { cluster, ...content }: ManifestWorkOptions,
): E.Either<Invalid, ReadonlyArray<KubeObject>> => {
  const usable = unlessIssues(nameIssues('cluster', cluster, 63), cluster)
  if (E.isLeft(usable)) return usable
  const work = ({ name, spec }: WorkSpec): KubeObject => ({
    apiVersion: 'work.open-cluster-management.io/v1',
    kind: 'ManifestWork',
    metadata: { name, namespace: cluster },
    spec,
  })
  return E.map((specs: ReadonlyArray<WorkSpec>) => specs.map(work))(workSpecs(resources, content))
}
