import { randomBytes } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CallOptions, Cluster } from '../cluster/port.js'
import type { Resource } from '../model/resource.js'
import { apiServers } from './api-server.js'
import { attempt } from './attempt.js'
import { sizeOf } from './batch.js'
import { type Calico, inspectCalico } from './calico.js'
import { checkAll } from './check-all.js'
import { deadline } from './deadline.js'
import type { Foreign, RunnerError } from './error.js'
import { type Emit, emitter, type RunEvent } from './event.js'
import { type Execution, execute, type Task } from './execute.js'
import { exemption } from './exemption.js'
import { failureOf } from './failure.js'
import { refuseLockout } from './lockout.js'
import { makePlan, marked, type Plan, type PlanOptions } from './plan.js'
import { preflight } from './preflight.js'
import { type PresentByName, readPresentOf } from './present.js'
import { grantsFor } from './rbac.js'
import { removeAll } from './remove.js'
import type { ApplyReport, ItemOutcome, PlanItem } from './report.js'
import type { Settings } from './settings.js'
import { unverified, verify } from './verify.js'

export interface ApplyOptions extends PlanOptions {
  readonly signal?: AbortSignal
  /** Overrides the Runner's, for this call. */
  readonly timeoutMs?: number
  readonly onEvent?: (event: RunEvent) => void
}

/** 128 random bits as 26 characters that fit into any Kubernetes name. */
const newRun = (): string =>
  [...randomBytes(26)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('')

export interface Prepared {
  readonly calico: Calico
  readonly wanted: ReadonlyArray<Resource>
  readonly present: PresentByName
  readonly plan: Plan
}

/** Checks the input, looks at the cluster, and compares. Reads only. */
export const prepare = (
  cluster: Cluster,
  settings: Settings,
  input: ReadonlyArray<unknown>,
  emit: Emit,
  options: PlanOptions & CallOptions,
): TaskEither<RunnerError, Prepared> =>
  attempt(async (must) => {
    emit({ _tag: 'Started', step: 'check' })
    await must(checkAll(input, undefined))
    emit({ _tag: 'Started', step: 'inspect' })
    const calico = await must(inspectCalico(cluster, options))
    const checked = await must(checkAll(input, calico.version))
    const exempt =
      settings.lockout === 'exempt' ? [exemption(settings.owner, await apiServers(cluster, options))] : []
    const wanted = [...exempt, ...checked].map((resource) => marked(settings.owner, resource))
    emit({ _tag: 'Started', step: 'plan' })
    const present = await must(
      readPresentOf(cluster, settings.owner, calico, wanted, options.prune === true, options),
    )
    const plan = makePlan(wanted, present, options)
    emit({ _tag: 'Planned', items: plan.items })
    return { calico, wanted, present, plan }
  })

const foreign = (items: ReadonlyArray<PlanItem>): E.Either<Foreign, void> => {
  const conflicts = items.flatMap((item) =>
    item.action === 'conflict' ? [`${item.name}: ${item.cause}`] : [],
  )
  return conflicts.length === 0
    ? E.right(undefined)
    : E.left({
        _tag: 'Foreign',
        message: `not of this owner: ${conflicts.join('; ')}`,
        hint: 'choose other names, delete those objects yourself, or pass { adopt: true } to take them over',
        objects: conflicts,
      })
}

const unchanged = (items: ReadonlyArray<PlanItem>): ReadonlyArray<ItemOutcome> =>
  items.flatMap((item) => (item.action === 'unchanged' ? [{ name: item.name, outcome: 'unchanged' }] : []))

/** What became of the batch, read back from the cluster even when the caller's time is up. */
const outcomes = async (
  cluster: Cluster,
  settings: Settings,
  { calico, wanted, present, plan }: Prepared,
  execution: Execution,
): Promise<ReadonlyArray<ItemOutcome>> => {
  const options = { signal: deadline(15_000) }
  const after = await readPresentOf(cluster, settings.owner, calico, wanted, false, options)()
  return E.isLeft(after)
    ? unverified(plan.batch, after.left.message)
    : verify(plan.batch, present, after.right, execution.said)
}

const prune = async (
  cluster: Cluster,
  plan: Plan,
  emit: Emit,
  options: CallOptions,
): Promise<ReadonlyArray<ItemOutcome>> => {
  const { removed, left, changed } = await removeAll(cluster, [...plan.remove].reverse(), emit, options)
  return [
    ...removed.map((name) => ({ name, outcome: 'deleted' as const })),
    ...left.map(({ name, cause }) => ({ name, outcome: 'failed' as const, cause })),
    ...changed.map((name) => ({
      name,
      outcome: 'failed' as const,
      cause: 'it changed while it was to be deleted',
    })),
  ]
}

/** Where the run's objects live, and what its pod may do. */
const placeFor = (
  cluster: Cluster,
  settings: Settings,
  { calico, plan }: Prepared,
  options: CallOptions,
): TaskEither<RunnerError, Pick<Task, 'namespace' | 'grants'>> =>
  attempt(async (must) => ({
    namespace: settings.namespace ?? (await must(cluster.target(options))).namespace,
    grants: settings.rbac === 'provision' ? grantsFor(plan.batch, calico.version) : [],
  }))

/** The whole of one run. See docs/06-runner.md for its story. */
export const applyWith = (
  cluster: Cluster,
  settings: Settings,
  input: ReadonlyArray<unknown>,
  options: ApplyOptions,
): TaskEither<RunnerError, ApplyReport> =>
  attempt(async (must) => {
    const start = Date.now()
    const emit = emitter(options.onEvent)
    const timeoutMs = options.timeoutMs ?? settings.timeoutMs
    const call = { signal: deadline(timeoutMs, options.signal) }
    const prepared = await must(prepare(cluster, settings, input, emit, { ...options, ...call }))
    const { calico, plan } = prepared
    await must(foreign(plan.items))
    const run = newRun()
    const report = (items: ReadonlyArray<ItemOutcome>, execution?: Execution): ApplyReport => ({
      owner: settings.owner,
      run,
      calico: calico.version,
      items: [...items, ...unchanged(plan.items)],
      reaped: execution?.reaped ?? [],
      left: execution?.left ?? [],
      elapsedMs: Date.now() - start,
    })
    if (sizeOf(plan.batch) === 0) return report(await prune(cluster, plan, emit, call))
    const place = await must(placeFor(cluster, settings, prepared, call))
    emit({ _tag: 'Started', step: 'preflight' })
    if (settings.lockout !== 'ignore') {
      await must(refuseLockout(cluster, settings, calico, place.namespace, prepared.wanted, call))
    }
    await must(preflight(cluster, plan.batch, place.grants, settings, place.namespace, call))
    const task = {
      cluster,
      settings,
      calico,
      batch: plan.batch,
      ...place,
      run,
      timeoutMs,
      emit,
      signal: call.signal,
    }
    const execution = await execute(task)
    emit({ _tag: 'Started', step: 'verify' })
    const items = await outcomes(cluster, settings, prepared, execution)
    const failure = failureOf(execution, report(items, execution))
    if (failure !== undefined) return must(E.left(failure))
    return report([...items, ...(await prune(cluster, plan, emit, call))], execution)
  })
