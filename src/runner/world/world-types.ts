import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import type { CallOptions, Cluster, ResourceType } from '../../cluster/port.js'
import {
  endpointSlices,
  kubernetesPolicies,
  namespaces,
  nodes,
  pods,
  serviceAccounts,
  services,
} from '../../cluster/resource-types.js'
import { minorOf } from '../../model/calico-version.js'
import type { Kind } from '../../model/kind.js'
import { type StoredBy, storageType, storedKindsOf } from '../state/stored-resource.js'

/** What Calico has beside what decides: pools of routes, of peers. */
const withoutSay: ReadonlySet<Kind> = new Set<Kind>(['IPReservation', 'BGPPeer', 'BGPFilter'])

const ofKubernetes: ReadonlyArray<ResourceType> = [
  // The longest ones first: the others are done meanwhile.
  pods,
  endpointSlices,
  serviceAccounts,
  services,
  namespaces,
  nodes,
  kubernetesPolicies,
]

const networkPolicyApi = 'policy.networking.k8s.io'

interface AdminKind {
  readonly kind: string
  readonly resource: string
  /** The newest first: of a kind that is served in several versions, one is read. */
  readonly versions: ReadonlyArray<string>
  /** The minors of Calico that heed it. */
  readonly from: number
  readonly until: number
}

/** **Source**: `libcalico-go/lib/backend/syncersv1/felixsyncer/felixsyncerv1.go`. */
const adminKinds: ReadonlyArray<AdminKind> = [
  {
    kind: 'ClusterNetworkPolicy',
    resource: 'clusternetworkpolicies',
    versions: ['v1', 'v1beta1', 'v1alpha2'],
    from: 32,
    until: Infinity,
  },
  {
    kind: 'AdminNetworkPolicy',
    resource: 'adminnetworkpolicies',
    versions: ['v1alpha1'],
    from: 29,
    until: 32,
  },
  {
    kind: 'BaselineAdminNetworkPolicy',
    resource: 'baselineadminnetworkpolicies',
    versions: ['v1alpha1'],
    from: 30,
    until: 32,
  },
]

/** Which policies of the network policy API there may be, by what is served and what the cluster's Calico heeds. */
const adminTypes = (
  cluster: Cluster,
  calico: string | undefined,
  options: CallOptions,
): TaskEither<ClusterError, ReadonlyArray<ResourceType>> =>
  task(async (_unwrap, fail) => {
    const minor = calico === undefined ? undefined : minorOf(calico)
    const heeded = adminKinds.filter(
      ({ from, until }) => minor === undefined || (minor >= from && minor < until),
    )
    if (heeded.length === 0) return []
    const found = await cluster.group(networkPolicyApi, options)()
    if (E.isLeft(found)) return found.left._tag === 'NotFound' ? [] : fail(found.left)
    const served = found.right.versions ?? [found.right.version]
    return heeded.flatMap(({ kind, resource, versions }) => {
      const version = versions.find((it) => served.includes(it))
      return version === undefined
        ? []
        : [{ group: networkPolicyApi, version, resource, kind, namespaced: false }]
    })
  })

/** Every type of object that has a say, on a cluster that keeps Calico's resources in this way. */
export const worldTypes = (
  cluster: Cluster,
  { group, version }: StoredBy,
  options: CallOptions,
): TaskEither<ClusterError, ReadonlyArray<ResourceType>> =>
  task(async (unwrap) => [
    ...ofKubernetes,
    ...storedKindsOf(version)
      .filter((kind) => !withoutSay.has(kind))
      .map((kind) => storageType(kind, group)),
    ...(await unwrap(adminTypes(cluster, version, options))),
  ])

/** How a kind is called where Calico has one of the same name: `NetworkPolicy.networking.k8s.io`. */
export const kindName = ({ kind, group }: ResourceType): string =>
  group === 'networking.k8s.io' || group === networkPolicyApi ? `${kind}.${group}` : kind
