import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { foresee } from '../effect/foresee.js'
import { hostFindings } from '../effect/host-findings.js'
import type { RunnerError } from '../error.js'
import { printAccess } from '../permission/access.js'
import type { Grant } from '../permission/grants.js'
import { missingAccess } from '../permission/preflight.js'
import { sizeOf } from '../plan/batch.js'
import { prepare } from '../plan/prepare.js'
import type { ConnectivityEffect, PlanFinding, PlanItem } from '../report.js'
import type { CallContext } from '../run-context.js'
import type { ApplyOptions } from './apply.js'
import { transportOf } from './select-transport.js'

/** What apply would do, and what it would make for that. Plain JSON. */
export interface PlanReport {
  readonly owner: string
  /** Calico's version on the cluster. */
  readonly calico: string
  readonly items: ReadonlyArray<PlanItem>
  /** Whether apply would write anything at all. */
  readonly changes: boolean
  /** The image of the pod; absent where no pod is needed. */
  readonly image?: string
  /** What the pod may do, and nothing else. Empty where no pod is needed or its service account exists. */
  readonly grants: ReadonlyArray<Grant>
  /** What the run makes for itself, and deletes: `Job`, `3 ConfigMap`. RUN stands for 26 random characters. */
  readonly makes: ReadonlyArray<string>
  /** What apply would need and these credentials may not do. */
  readonly missing: ReadonlyArray<string>
  /** What opens and closes; there with the option `connectivity` or `refuse`. */
  readonly connectivity?: ConnectivityEffect
  /**
   * What `lint` says of hosts: policies that cut nodes off, or do not do for hosts what they say. Judged with what was read
   * of the cluster, which is all of it with the option `connectivity`.
   */
  readonly findings: ReadonlyArray<PlanFinding>
}

export const planWith = (
  call: CallContext,
  input: ReadonlyArray<unknown>,
  options: ApplyOptions,
): TaskEither<RunnerError, PlanReport> =>
  task(async (unwrap) => {
    const { context, prepared } = await unwrap(prepare(call, input, options))
    const { calico, settings } = context
    const { plan } = prepared
    const foreseen = await unwrap(foresee(context, prepared, options))
    const writing = await unwrap(transportOf(settings)(context, prepared))
    const need = { ...writing, calico, plan, rollback: options.rollback === true }
    const runs = sizeOf(plan.batch) > 0
    const writes = runs || plan.remove.length > 0
    return {
      owner: settings.owner,
      calico: calico.version,
      items: plan.items,
      changes: plan.items.some((item) => item.action !== 'unchanged'),
      ...(runs && writing.image !== undefined ? { image: writing.image } : {}),
      grants: runs ? writing.grants : [],
      makes: runs ? writing.makes : [],
      missing: writes ? (await unwrap(missingAccess(context, need))).map(printAccess) : [],
      ...(foreseen === undefined ? {} : { connectivity: foreseen.effect }),
      findings: hostFindings(prepared, foreseen?.snapshot),
    }
  })
