import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { programFor } from '../calicoctl/image.js'
import { errorsIn } from '../calicoctl/item-error.js'
import { deleteRun } from '../delete/delete-run.js'
import { type Deletion, joinDeletions, nothingDeleted } from '../delete/deletion.js'
import { typesFor } from '../delete/find-owned.js'
import { deleteRunNamespaces } from '../delete/run-namespace.js'
import { sizeOf } from '../plan/batch.js'
import { inGrace, type RunContext } from '../run-context.js'
import type { Execution, Transport } from '../write/transport.js'
import { execute, type PodExecution } from './execute.js'
import { refuseLockout } from './lockout.js'
import { podFailure, podWarnings } from './pod-failure.js'
import { accessFor, makesFor, type Requirements, requirementsFor } from './requirements.js'

const clear = async (
  context: RunContext,
  run: string,
  { namespace, makeNamespace, grants }: Requirements,
): Promise<Deletion> => {
  const targets = grants.flatMap((grant) => grant.namespace ?? [])
  const scope = { run, namespace, targets }
  context.emit({ _tag: 'Started', step: 'reap' })
  const deletion = await deleteRun(context, typesFor(context.settings), scope)
  const ofNamespace = makeNamespace ? await deleteRunNamespaces(context, scope) : nothingDeleted
  return joinDeletions([deletion, ofNamespace])
}

const toExecution = (done: PodExecution): Execution => ({
  ended: E.isRight(done.result) && done.result.right._tag === 'Ended',
  itemErrors: errorsIn(done.output),
  unanswered: new Set(),
  failure: (report) => podFailure(done, report),
  warnings: podWarnings(done),
})

/** calicoctl of the cluster's own version, in a pod that is made for the run. */
export const podTransport: Transport = (context, prepared) =>
  task(async (unwrap) => {
    const { settings, calico } = context
    const { batch } = prepared.plan
    const requirements = await unwrap(requirementsFor(context, batch))
    const harmless = settings.lockout === 'ignore' || sizeOf(batch) === 0
    return {
      access: accessFor(settings, batch, requirements),
      grants: requirements.grants,
      makes: makesFor(batch, settings, requirements),
      image: programFor(calico, settings.image).image,
      refuse: harmless ? TE.right(undefined) : refuseLockout(context, requirements.namespace, prepared),
      execute: async (run) => toExecution(await execute(context, { run, batch }, requirements)),
      clear: (run, graceMs) => clear(inGrace(context, graceMs), run, requirements),
    }
  })
