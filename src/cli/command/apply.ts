import { Command } from 'commander'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { Resource } from '../../model/resource.js'
import type { ApplyOptions } from '../../runner/apply/apply.js'
import { printPlan } from '../../runner/apply/print-plan.js'
import { confirm, mustAsk } from '../confirm.js'
import { type Connection, connect } from '../connect.js'
import { exitCodes } from '../exit-code.js'
import type { CliFailure } from '../failure.js'
import { applyLines, countOutcomes } from '../output/report.js'
import { follow } from '../progress/follow.js'
import { err, out, painted } from '../terminal.js'
import { act } from './act.js'
import { type ApplyCommandOptions, callOf, isRefused, ofApply, readToApply } from './plan.js'

interface Options extends ApplyCommandOptions {
  readonly yes?: true
}

/** Shows the plan and asks, unless nothing would change; what would be refused anyhow is no question. */
const agree = (
  { runner, place }: Connection,
  resources: ReadonlyArray<Resource>,
  options: ApplyOptions,
): TaskEither<CliFailure, void> =>
  task(async (unwrap) => {
    const plan = await unwrap(runner.te.plan(resources, options))
    if (!plan.changes || isRefused(plan) || plan.items.some(({ action }) => action === 'conflict')) return
    err(printPlan(plan, { values: true, paint: painted }))
    await unwrap(confirm(`Apply this to ${place}?`))
  })

const apply = act(async (unwrap, from: ReadonlyArray<string>, options: Options) => {
  const { resources, place } = await unwrap(readToApply(from, options))
  const connection = await unwrap(connect(options))
  const call = callOf(options)
  if (mustAsk(options.yes)) await unwrap(TE.mapLeft(place)(agree(connection, resources, call)))
  const report = await unwrap(TE.mapLeft(place)(follow(connection.runner.apply(resources, call))))
  if (options.output === 'json') out(JSON.stringify(report, null, 2))
  else for (const line of applyLines(report)) out(line)
  for (const warning of report.warnings) err(`Warning: ${warning}`)
  err(`${countOutcomes(report)}, on Calico ${report.calico}, in ${(report.elapsedMs / 1000).toFixed(1)} s`)
  return exitCodes.ok
})

export const applyCommand = (): Command =>
  ofApply(new Command('apply'))
    .summary('apply the resources to the cluster')
    .description(
      'Applies the resources to the cluster with calicoctl in a pod, and removes everything it made for that. Asks first on a terminal.',
    )
    .option('-y, --yes', 'do not ask')
    .action(apply)
