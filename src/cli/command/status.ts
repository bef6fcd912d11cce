import { Command } from 'commander'
import { connect } from '../connect.js'
import { exitCodes } from '../exit-code.js'
import { interruptSignal } from '../interrupt.js'
import { unsearchedLines } from '../output/report.js'
import { statusLines } from '../output/status-report.js'
import { type ClusterOptions, onCluster } from '../settings/option-group.js'
import { err, out } from '../terminal.js'
import { act } from './act.js'

const status = act(async (unwrap, options: ClusterOptions) => {
  const { runner } = await unwrap(connect(options))
  const report = await unwrap(runner.te.status({ signal: interruptSignal() }))
  if (options.output === 'json') out(JSON.stringify(report, null, 2))
  else for (const line of statusLines(report)) out(line)
  for (const line of unsearchedLines(report)) err(line)
  err(
    `${report.resources.length} resources and ${report.runs.length} objects of runs, on Calico ${report.calico}`,
  )
  return exitCodes.ok
})

export const statusCommand = (): Command =>
  onCluster(new Command('status'))
    .summary('list what an owner has on the cluster')
    .description(
      "Lists the owner's resources, which of them have been changed since they were applied, and what is left of runs.",
    )
    .action(status)
