import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { attempt } from './attempt.js'
import { sizeOf } from './batch.js'
import { causesIn } from './cause.js'
import { deadline } from './deadline.js'
import { execute, type PodExecution, type PodTask } from './execute.js'
import { removeHomes } from './home.js'
import { programFor } from './image.js'
import { refuseLockout } from './lockout.js'
import { typesFor } from './owned.js'
import { accessFor, makesFor, placeFor } from './place.js'
import { podFailure, podWarnings } from './pod-failure.js'
import { reap } from './reap.js'
import { joinRemovals, nothingRemoved, type Removal } from './remove.js'
import type { Execution, Transport } from './transport.js'

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
