import * as E from 'fp-ts/lib/Either.js'
import type { ConvertedPolicy } from '../../convert/cluster-policy.js'
import { convertAdminNetworkPolicy } from '../../convert/from-admin-network-policy.js'
import { convertClusterNetworkPolicy } from '../../convert/from-cluster-network-policy.js'
import type { Invalid, Issue } from '../../error.js'
import { printVersion, type Release, release, type Version } from '../../model/calico-version.js'
import { printId } from '../../model/resource-id.js'
import type { Manifest } from './manifest.js'
import type { GivenPolicy } from './world-parts.js'

/** The kinds of policy.networking.k8s.io that some Calico enforces. */
export type ClusterPolicyKind = 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy'

interface Enforcement {
  readonly since: Release
  /** The first release that does not enforce it any more. */
  readonly until?: Release
  readonly words: string
  readonly convert: (value: unknown) => E.Either<Invalid, ConvertedPolicy>
}

/** **Source**: `libcalico-go/lib/backend/syncersv1/felixsyncer/felixsyncerv1.go` of each release. */
const enforcements: { readonly [K in ClusterPolicyKind]: Enforcement } = {
  AdminNetworkPolicy: {
    since: '3.29',
    until: '3.32',
    words: '3.29 to 3.31 do',
    convert: convertAdminNetworkPolicy,
  },
  BaselineAdminNetworkPolicy: {
    since: '3.30',
    until: '3.32',
    words: '3.30 and 3.31 do',
    convert: convertAdminNetworkPolicy,
  },
  ClusterNetworkPolicy: { since: '3.32', words: '3.32 and later do', convert: convertClusterNetworkPolicy },
}

export const isClusterPolicyKind = (kind: string): kind is ClusterPolicyKind =>
  Object.hasOwn(enforcements, kind)

const isEnforcedBy = (calico: Version, { since, until }: Enforcement): boolean =>
  calico >= release(since) && (until === undefined || calico < release(until))

/** What to give, so that it is known whether policies of a kind are enforced. */
export const missingRelease = (kind: ClusterPolicyKind): string =>
  `the version of Calico, as \`calico\`: whether it enforces ${kind} (${enforcements[kind].words})`

/** What a Calico that enforces it makes of it. */
export const convertClusterPolicy = (
  { apiVersion, metadata: { name }, spec }: Manifest,
  kind: ClusterPolicyKind,
): E.Either<Invalid, ConvertedPolicy['policy']> =>
  E.map(({ policy }: ConvertedPolicy) => policy)(
    enforcements[kind].convert({ apiVersion, kind, metadata: { name }, spec }),
  )

export interface ReadClusterPolicy {
  /** None where that Calico does not enforce it. */
  readonly policy?: GivenPolicy
  readonly passedOver: ReadonlyArray<Issue>
}

/** A policy for the whole cluster as a Calico takes it; where its version was not given, perhaps. */
export const readClusterPolicy = (
  { apiVersion, metadata: { name }, spec }: Manifest,
  kind: ClusterPolicyKind,
  { calico, isCalicoGiven }: { readonly calico: Version; readonly isCalicoGiven: boolean },
): E.Either<Invalid, ReadClusterPolicy> => {
  const enforcement = enforcements[kind]
  const resource = printId({ kind, name })
  if (isCalicoGiven && !isEnforcedBy(calico, enforcement)) {
    const message = `Calico ${printVersion(calico)} does not enforce ${kind}: ${enforcement.words}`
    return E.right({ passedOver: [{ rule: 'not-enforced', path: ['kind'], resource, message }] })
  }
  return E.map(
    ({ policy, issues }: ConvertedPolicy): ReadClusterPolicy => ({
      policy: { resource: policy, origin: kind, ...(isCalicoGiven ? {} : { isUncertain: true }) },
      passedOver: issues.map((issue) => ({ ...issue, resource })),
    }),
  )(enforcement.convert({ apiVersion, kind, metadata: { name }, spec }))
}
