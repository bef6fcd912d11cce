import * as E from 'fp-ts/lib/Either.js'
import * as assert from 'uvu/assert'
import type { Cluster, ResourceType } from '../../src/cluster/port.js'
import { pods } from '../../src/cluster/resource-types.js'
import { orThrow } from '../../src/error.js'
import { runTypes } from '../../src/runner/delete/find-owned.js'
import type { RunnerError } from '../../src/runner/error.js'
import type { Leftover } from '../../src/runner/report.js'
import { type CalicoGroup, storageType } from '../../src/runner/state/stored-resource.js'

const typesIn = (group: CalicoGroup | undefined): ReadonlyArray<ResourceType> => [
  ...runTypes,
  pods,
  storageType('NetworkPolicy', group),
  storageType('GlobalNetworkPolicy', group),
]

/** Everything on the cluster that a label selector finds, in every kind that the Runner ever makes, as `Kind name`. */
export const listAll = async (
  cluster: Cluster,
  labelSelector: string,
  group?: CalicoGroup,
): Promise<ReadonlyArray<string>> => {
  const types = typesIn(group)
  const lists = await Promise.all(types.map((type) => cluster.list(type, { labelSelector })()))
  const names = lists.flatMap((list, index) => {
    if (E.isLeft(list)) throw new Error(list.left.message)
    return list.right.items.map((item) => `${types[index]?.kind} ${item.metadata.name}`)
  })
  return names.sort()
}

export const failureOf = <A>(result: E.Either<RunnerError, A>): RunnerError => {
  if (E.isRight(result)) assert.unreachable('the call did not fail')
  return (result as E.Left<RunnerError>).left
}

export const left = (failure: RunnerError): ReadonlyArray<Leftover> =>
  'report' in failure && 'left' in failure.report ? failure.report.left : []

/** Changes the spec of a stored object behind the Runner's back. */
export const edit = async (
  cluster: Cluster,
  type: ResourceType,
  name: string,
  namespace: string,
  spec: object,
): Promise<void> => {
  const found = orThrow(await cluster.get({ type, name, namespace })())
  orThrow(await cluster.replace(type, { ...found, spec: { ...(found.spec as object), ...spec } })())
}
