import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { findNodeLockout } from '../effect/find-node-lockout.js'
import { foresee } from '../effect/foresee.js'
import { hostFindings } from '../effect/host-findings.js'
import type { Lockout, RunnerError } from '../error.js'
import { printAccess } from '../permission/access.js'
import type { Grant } from '../permission/grants.js'
import { missingAccess } from '../permission/preflight.js'
import { sizeOf } from '../plan/batch.js'
import { type Prepared, prepare } from '../plan/prepare.js'
import type { ConnectivityEffect, PlanFinding, PlanItem } from '../report.js'
import type { CallContext, RunContext } from '../run-context.js'
import type { WorldSnapshot } from '../world/world-snapshot.js'
import type { WritePlan } from '../write/transport.js'
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
  /** What apply would fail with before it writes: a node, a kubelet, DNS or the Runner's own pod would be cut off. */
  readonly lockout?: Lockout
  /**
   * What `lint` says of hosts: policies that cut nodes off, or do not do for hosts what they say. Judged with what was read
   * of the cluster, which is all of it with the option `connectivity`.
   */
  readonly findings: ReadonlyArray<PlanFinding>
}

/** What apply would refuse since it cuts something off; what else apply would find then is not the plan's to say. */
const foreseenLockout = (
  context: RunContext,
  prepared: Prepared,
  { writing, snapshot }: { readonly writing: WritePlan; readonly snapshot: WorldSnapshot | undefined },
): TaskEither<RunnerError, Lockout | undefined> =>
  task(async (unwrap) => {
    const ofNodes = await unwrap(findNodeLockout(context, prepared, snapshot))
    if (ofNodes !== undefined) return ofNodes
    const ofPod = await writing.refuse()
    return E.isLeft(ofPod) && ofPod.left._tag === 'Lockout' ? ofPod.left : undefined
  })

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
    const lockout = writes
      ? await unwrap(foreseenLockout(context, prepared, { writing, snapshot: foreseen?.snapshot }))
      : undefined
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
      ...(lockout === undefined ? {} : { lockout }),
      findings: hostFindings(prepared, foreseen?.snapshot),
    }
  })
