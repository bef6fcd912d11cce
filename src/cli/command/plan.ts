import { Command, InvalidArgumentError, Option } from 'commander'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ApplyOptions } from '../../runner/apply/apply.js'
import type { PlanReport } from '../../runner/apply/plan-report.js'
import { printPlan } from '../../runner/apply/print-plan.js'
import { refusals } from '../../runner/call-options.js'
import type { Refusal } from '../../runner/report.js'
import { connect } from '../connect.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import type { CliFailure } from '../failure.js'
import { type ReadInputs, read } from '../input/read.js'
import { interruptSignal } from '../interrupt.js'
import { type ClusterOptions, onCluster, type PodOptions, withPod } from '../settings/option-group.js'
import { err, out, painted } from '../terminal.js'
import { act } from './act.js'
import { inputs, strict } from './option.js'

/** What `plan` and `apply` have in common. */
export interface ApplyCommandOptions extends ClusterOptions, PodOptions {
  readonly prune?: true
  readonly adopt?: true
  readonly strict?: true
  readonly connectivity?: true
  readonly refuse?: ReadonlyArray<Refusal>
}

const parseRefusal = (text: string, before: ReadonlyArray<Refusal> = []): ReadonlyArray<Refusal> => {
  const refusal = refusals.find((it) => it === text)
  if (refusal === undefined) throw new InvalidArgumentError(`Allowed choices are ${refusals.join(', ')}.`)
  return [...before, refusal]
}

export const refusing = (): Option =>
  new Option('--refuse <what>', 'do not apply what opens or closes traffic, or may; repeatable')
    .choices(refusals)
    .argParser(parseRefusal)

/** Adds the arguments and options of `plan` and `apply`. */
export const ofApply = (command: Command): Command =>
  withPod(onCluster(command.addArgument(inputs())))
    .option('--prune', 'delete what the owner has on the cluster and is no longer in the inputs')
    .option('--adopt', "take over resources of the same names that are not the owner's")
    .addOption(strict())
    .option(
      '--connectivity',
      'read the cluster, and say what opens and closes for the pods and nodes that are there',
    )
    .addOption(refusing())

/** The resources of the inputs, checked before the cluster's version is known: refused is what no Calico takes. */
export const readToApply = (
  from: ReadonlyArray<string>,
  { strict: isStrict }: ApplyCommandOptions,
): TaskEither<CliFailure, ReadInputs> => read(from, { calico: 'any', strict: isStrict === true })

/** The options of the call that the command makes. */
export const callOf = ({ prune, adopt, connectivity, refuse }: ApplyCommandOptions): ApplyOptions => ({
  prune: prune === true,
  adopt: adopt === true,
  ...(connectivity === undefined ? {} : { connectivity }),
  ...(refuse === undefined ? {} : { refuse }),
  signal: interruptSignal(),
})

/** Whether apply would go no further, whatever anybody answers. */
export const isRefused = ({ connectivity, lockout }: PlanReport): boolean =>
  lockout !== undefined || (connectivity?.refused.length ?? 0) > 0

const exitCode = (plan: PlanReport): ExitCode => {
  if (plan.items.some(({ action }) => action === 'conflict')) {
    err(
      'apply would refuse the conflicts: they belong to someone else. Choose other names, or pass --adopt to take them over.',
    )
    return exitCodes.failure
  }
  const { refused = [] } = plan.connectivity ?? {}
  if (refused.length > 0) err(`apply would refuse it, by --refuse ${refused.join(' ')}.`)
  if (plan.lockout !== undefined)
    err('apply would refuse it, for what it cuts off. --lockout ignore goes on.')
  if (isRefused(plan)) return exitCodes.failure
  return plan.changes ? exitCodes.changes : exitCodes.ok
}

const plan = act(async (unwrap, from: ReadonlyArray<string>, options: ApplyCommandOptions) => {
  const { resources, place } = await unwrap(readToApply(from, options))
  const { runner } = await unwrap(connect(options))
  const call = callOf(options)
  const report = await unwrap(TE.mapLeft(place)(runner.te.plan(resources, call)))
  if (options.output === 'json') out(JSON.stringify(report, null, 2))
  else out(printPlan(report, { values: true, paint: painted }))
  return exitCode(report)
})

export const planCommand = (): Command =>
  ofApply(new Command('plan'))
    .summary('show what apply would do')
    .description(
      'Shows what apply would do, field by field. Changes nothing. Exits with 2 when there are changes.',
    )
    .action(plan)
