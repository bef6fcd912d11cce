import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { nameIssues } from '../object-name.js'
import type { WorkContent } from './work-content.js'
import { type WorkSpec, workSpecs } from './work-spec.js'

/** How a change gets to the clusters of a placement. **Source**: `cluster/v1alpha1/types_rolloutstrategy.go`. */
export interface Rollout {
  /** All at once, some at a time, or one decision group of the placement after the other. */
  readonly type: 'All' | 'Progressive' | 'ProgressivePerGroup'
  /** How many clusters at a time, or which part of them: `10`, `'25%'`. Of `Progressive` alone. */
  readonly maxConcurrency?: number | string
  /** How many may fail before it stops, or which part. Default: none. */
  readonly maxFailures?: number | string
  /** How long a cluster has to be well before the next is taken: `10m`. */
  readonly minSuccessTime?: string
  /** How long a cluster may take, such as `30m`, before it counts as failed. Default: for ever. */
  readonly progressDeadline?: string
  /** Groups that go first, each to its end. Not of `All`. */
  readonly mandatoryDecisionGroups?: ReadonlyArray<{
    readonly groupName?: string
    readonly groupIndex?: number
  }>
}

/** What a ManifestWorkReplicaSet carries, and to which clusters. */
export interface ManifestWorkReplicaSetOptions extends WorkContent {
  /** On the hub: where the Placements are. */
  readonly hubNamespace: string
  readonly placements: ReadonlyArray<{ readonly name: string; readonly rollout?: Rollout }>
  /** Whether the set waits for its works to be gone when it is deleted. Default: `Foreground`. */
  readonly cascadeDeletionPolicy?: 'Background' | 'Foreground'
}

const amount = /^((100|[0-9]{1,2})%|[0-9]+)$/
const time = /^[0-9]+[hms]$/

const fields: Readonly<Record<string, readonly [ok: RegExp, hint: string]>> = {
  maxConcurrency: [amount, "write a number, or a part such as '25%'"],
  maxFailures: [amount, "write a number, or a part such as '25%'"],
  minSuccessTime: [time, "write a time, such as '10m'"],
  progressDeadline: [time, "write a time, such as '30m'"],
}

const misplaced: Readonly<Record<Rollout['type'], ReadonlyArray<string>>> = {
  All: ['maxConcurrency', 'mandatoryDecisionGroups'],
  Progressive: [],
  ProgressivePerGroup: ['maxConcurrency'],
}

const rolloutIssues = (rollout: Rollout, index: number): ReadonlyArray<Issue> => {
  const { type, ...given } = rollout
  const path = ['placements', index, 'rollout']
  const issue = (key: string, message: string, hint: string): Issue => ({
    rule: 'rollout',
    path: [...path, key],
    message,
    hint,
  })
  if (misplaced[type] === undefined) {
    return [issue('type', `there is no rollout ${type}`, `use one of ${Object.keys(misplaced).join(', ')}`)]
  }
  return Object.entries(given).flatMap(([key, value]) => {
    if (misplaced[type].includes(key))
      return [issue(key, `a rollout of type ${type} has no ${key}`, 'leave it out, or take Progressive')]
    const [ok, hint] = fields[key] ?? []
    return ok === undefined || hint === undefined || ok.test(String(value))
      ? []
      : [issue(key, `${JSON.stringify(value)} cannot be used`, hint)]
  })
}

const keyOf = (type: Rollout['type']): string => `${type.charAt(0).toLowerCase()}${type.slice(1)}`

const strategyOf = ({ type, ...rest }: Rollout) => ({ type, [keyOf(type)]: rest })

/**
 * The same as `toManifestWork` for every cluster that a Placement chooses, rolled out as it says: a set for the rights, at once
 * everywhere, and one for what is done with them, which OCM brings to some clusters after the other, stopping when too many fail.
 *
 * **Errors**: `Invalid`: as `toManifestWork`; `rollout` for a strategy that OCM does not have.
 *
 * **Source**: open-cluster-management.io/api `work/v1alpha1/types_manifestworkreplicaset.go`.
 *
 * @example
 * const rollout = { type: 'Progressive', maxConcurrency: '10%', minSuccessTime: '5m' } as const
 * const options = { name: 'guardrails', calico: '3.31.6', carry: 'job', hubNamespace: 'default', placements: [{ name: 'live', rollout }] } as const
 * toManifestWorkReplicaSet([globalNetworkPolicy('deny-all').denyIngress()], options) // => Right, with two sets
 */
export const toManifestWorkReplicaSet = (
  resources: ReadonlyArray<unknown>,
  options: ManifestWorkReplicaSetOptions,
): E.Either<Invalid, ReadonlyArray<KubeObject>> => {
  const { hubNamespace, placements, cascadeDeletionPolicy = 'Foreground', ...content } = options
  const none: Issue = {
    rule: 'required',
    path: ['placements'],
    message: 'there is no placement',
    hint: 'name the Placements that choose the clusters',
  }
  const usable = unlessIssues(
    [
      ...nameIssues('hubNamespace', hubNamespace, 63),
      ...(placements.length === 0 ? [none] : []),
      ...placements.flatMap(({ rollout }, index) => (rollout ? rolloutIssues(rollout, index) : [])),
    ],
    options,
  )
  if (E.isLeft(usable)) return usable
  const set = ({ name, spec }: WorkSpec, index: number): KubeObject => ({
    apiVersion: 'work.open-cluster-management.io/v1alpha1',
    kind: 'ManifestWorkReplicaSet',
    metadata: { name, namespace: hubNamespace },
    spec: {
      cascadeDeletionPolicy,
      placementRefs: placements.map(({ name: placement, rollout }) => ({
        name: placement,
        // Rights alone change nothing: they are everywhere before the first cluster needs them.
        rolloutStrategy: strategyOf(index === 0 || rollout === undefined ? { type: 'All' } : rollout),
      })),
      manifestWorkTemplate: spec,
    },
  })
  return E.map((specs: ReadonlyArray<WorkSpec>) => specs.map(set))(workSpecs(resources, content))
}
