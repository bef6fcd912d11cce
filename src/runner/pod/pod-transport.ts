import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { deadline } from '../../async/deadline.js'
import { attempt } from '../../async/task.js'
import { programFor } from '../calicoctl/image.js'
import { causesIn } from '../calicoctl/item-error.js'
import { joinRemovals, nothingRemoved, type Removal } from '../delete/delete-owned.js'
import { reap } from '../delete/delete-run.js'
import { typesFor } from '../delete/find-owned.js'
import { removeHomes } from '../delete/run-namespace.js'
import { sizeOf } from '../plan/batch.js'
import type { Execution, Transport } from '../write/transport.js'
import { execute, type PodExecution, type PodTask } from './execute.js'
import { refuseLockout } from './lockout.js'
import { podFailure, podWarnings } from './pod-failure.js'
import { accessFor, makesFor, placeFor } from './requirements.js'

const clear = async (task: PodTask, graceMs: number): Promise<Removal> => {
  const { cluster, settings, grants, emit, namespace, run } = task
  const options = { signal: deadline(graceMs) }
  const targets = grants.flatMap((grant) => grant.namespace ?? [])
  const scope = { owner: settings.owner, run, home: namespace, targets }
  emit({ _tag: 'Started', step: 'reap' })
  const removal = await reap(cluster, typesFor(settings), scope, emit, options)
  const home = task.makeNamespace
    ? await removeHomes(cluster, task.calico, scope, emit, options)
    : nothingRemoved
  return joinRemovals([removal, home])
}

const toExecution = (done: PodExecution): Execution => ({
  ended: E.isRight(done.result) && done.result.right._tag === 'Ended',
  causes: causesIn(done.said),
  unanswered: new Set(),
  failure: (report) => podFailure(done, report),
  warnings: podWarnings(done),
})

/** calicoctl of the cluster's own version, in a pod that is made for the run. */
export const podTransport: Transport = (cluster, settings, prepared, options) =>
  attempt(async (must) => {
    const { calico, plan } = prepared
    const place = await must(placeFor(cluster, settings, prepared, options))
    const harmless = settings.lockout === 'ignore' || sizeOf(plan.batch) === 0
    return {
      access: accessFor(settings, plan.batch, place),
      grants: place.grants,
      makes: makesFor(plan.batch, settings, place),
      image: programFor(calico.version, settings.image).image,
      refuse: () =>
        harmless
          ? TE.right(undefined)
          : refuseLockout(cluster, settings, calico, place.namespace, prepared, options),
      execute: async (task) => toExecution(await execute({ ...task, ...place })),
      clear: (task, graceMs) => clear({ ...task, ...place }, graceMs),
    }
  })
