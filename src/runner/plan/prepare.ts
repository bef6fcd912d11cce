import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { isPatch } from '../../model/patch.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import type { RunnerError } from '../error.js'
import { type CallContext, type RunContext, withCalico } from '../run-context.js'
import { type LiveByName, readLiveOf } from '../state/live-resource.js'
import { knownForm } from '../state/stored-resource.js'
import { apiServers, exemption } from './api-server-exemption.js'
import { checkInput, readInput } from './check-input.js'
import { checkTiers } from './check-tiers.js'
import { checkTypes } from './check-types.js'
import { makePlan, type Plan, type PlanOptions, withOwnerLabels } from './plan.js'

export interface Prepared {
  /** As they are to be on the cluster: what has fields set, as a whole. */
  readonly wanted: ReadonlyArray<Resource>
  readonly live: LiveByName
  readonly plan: Plan
}

/** The resources as they are when the plan is carried out. */
const afterwards = (
  wanted: ReadonlyArray<Resource>,
  live: LiveByName,
  { batch }: Plan,
): ReadonlyArray<Resource> => {
  const written = new Map([...batch.create, ...batch.replace].map((it) => [nameOf(it), it]))
  return wanted.map((it) =>
    isPatch(it) ? knownForm(written.get(nameOf(it)) ?? live.get(nameOf(it))?.resource ?? it) : it,
  )
}

/** Checks the input, looks at the cluster, and compares. Reads only. */
export const prepare = (
  call: CallContext,
  input: ReadonlyArray<unknown>,
  options: PlanOptions,
): TaskEither<RunnerError, { readonly context: RunContext; readonly prepared: Prepared }> =>
  task(async (unwrap) => {
    const { cluster, emit, settings } = call
    const { owner, kinds } = settings
    emit({ _tag: 'Started', step: 'check' })
    const resources = await unwrap(readInput(input, kinds))
    emit({ _tag: 'Started', step: 'inspect' })
    const context = await unwrap(withCalico(call))
    const checked = await unwrap(checkInput(resources, context.calico.version))
    await unwrap(checkTypes(context, checked))
    await unwrap(checkTiers(context, checked))
    const exempt = settings.lockout === 'exempt' ? [exemption(owner, await apiServers(cluster, call))] : []
    const wanted = [...exempt, ...checked].map((it) => (isPatch(it) ? it : withOwnerLabels(owner, it)))
    emit({ _tag: 'Started', step: 'plan' })
    const live = await unwrap(readLiveOf(context, wanted, options.prune === true ? kinds : []))
    const plan = makePlan(wanted, live, { ...options, owner, ignore: settings.ignore })
    emit({ _tag: 'Planned', items: plan.items.map(({ name, action }) => ({ name, action })) })
    return { context, prepared: { wanted: afterwards(wanted, live, plan), live, plan } }
  })
