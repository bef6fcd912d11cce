import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { explain } from '../../error.js'
import type { CleanupOptions } from '../../runner/delete/cleanup.js'
import { confirm, mustAsk } from '../confirm.js'
import { type Connection, connect } from '../connect.js'
import { exitCodes } from '../exit-code.js'
import type { CliFailure } from '../failure.js'
import { interruptSignal } from '../interrupt.js'
import { removedLines, unsearchedLines } from '../output/report.js'
import { statusLines } from '../output/status-report.js'
import { follow } from '../progress/follow.js'
import { type ClusterOptions, onCluster } from '../settings/option-group.js'
import { err, out } from '../terminal.js'
import { act } from './act.js'

interface Options extends ClusterOptions {
  readonly yes?: true
}

/** Shows what there is to remove and asks, unless there is nothing. */
const agree = ({ runner, place }: Connection, options: CleanupOptions): TaskEither<CliFailure, void> =>
  task(async (unwrap) => {
    const status = await runner.te.status(options)()
    if (E.isLeft(status)) err(`Could not list what would be removed.\n${explain(status.left)}`)
    else {
      const { resources, runs, unread } = status.right
      if (resources.length + runs.length + unread.length === 0) return
      for (const line of statusLines(status.right)) err(line)
    }
    await unwrap(confirm(`Remove everything of this owner from ${place}?`))
  })

const cleanup = act(async (unwrap, options: Options) => {
  const connection = await unwrap(connect(options))
  const call = { signal: interruptSignal() }
  if (mustAsk(options.yes)) await unwrap(agree(connection, call))
  const report = await unwrap(follow(connection.runner.cleanup(call)))
  if (options.output === 'json') out(JSON.stringify(report, null, 2))
  else for (const line of removedLines(report)) out(line)
  for (const line of unsearchedLines(report)) err(line)
  err(`${report.removed.length} removed, in ${(report.elapsedMs / 1000).toFixed(1)} s`)
  return exitCodes.ok
})

export const cleanupCommand = (): Command =>
  onCluster(new Command('cleanup'))
    .summary("remove all of an owner's resources")
    .description(
      'Removes everything of the owner, in every kind and namespace. Asks first on a terminal. Needs no pod.',
    )
    .option('-y, --yes', 'do not ask')
    .action(cleanup)
