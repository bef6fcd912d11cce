import * as E from 'fp-ts/lib/Either.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import { createRunner } from '../../runner/runner.js'
import type { StatusReport } from '../../runner/status.js'
import type { FleetCluster } from '../cluster/fleet-cluster.js'
import { type FleetTask, inputFor } from './fleet-task.js'
import type { Verify } from './rollout.js'

const some = (names: ReadonlyArray<string>): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`

const faultIn = (task: FleetTask, cluster: FleetCluster, report: StatusReport): string | undefined => {
  const there = report.resources.map(({ name }) => name)
  if (task.task === 'cleanup') return there.length === 0 ? undefined : `${some(there)} is still there`
  const drifted = report.resources.filter((it) => it.drifted).map(({ name }) => name)
  if (drifted.length > 0) return `${some(drifted)} has been changed since`
  if (task.task !== 'apply') return undefined
  const found = new Set(there)
  const missing = inputFor(task.resources, cluster)
    .map((resource) => nameOf(resource as Resource))
    .filter((name) => !found.has(name))
  return missing.length === 0 ? undefined : `${some(missing)} is not there`
}

/** Reads back what there is of the owner's. */
const byStatus =
  (task: FleetTask): Verify =>
  async (cluster, signal) => {
    const runner = createRunner({ ...task.runner, cluster: cluster.viewer ?? cluster.cluster })
    const status = await runner.te.status(signal === undefined ? {} : { signal })()
    return E.isLeft(status) ? status.left.message : faultIn(task, cluster, status.right)
  }

/** Whether a cluster is as it is to be: by the function that is given, which may fail like any. */
export const verifyCluster = async (
  verify: 'status' | Verify,
  task: FleetTask,
  cluster: FleetCluster,
  signal: AbortSignal | undefined,
): Promise<string | undefined> => {
  try {
    return await (verify === 'status' ? byStatus(task) : verify)(cluster, signal)
  } catch (error) {
    return `it could not be verified: ${error instanceof Error ? error.message : error}`
  } finally {
    cluster.cluster.close()
    cluster.viewer?.close()
  }
}
