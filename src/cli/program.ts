import { Command } from 'commander'
import { applyCommand } from './command/apply.js'
import { checkCommand } from './command/check.js'
import { cleanupCommand } from './command/cleanup.js'
import { completionCommand } from './command/completion.js'
import { connectivityCommand } from './command/connectivity.js'
import { convertCommand } from './command/convert.js'
import { diffCommand } from './command/diff.js'
import { fleetCommand } from './command/fleet.js'
import { importCommand } from './command/import.js'
import { lintCommand } from './command/lint.js'
import { planCommand } from './command/plan.js'
import { renderCommand } from './command/render.js'
import { replayCommand } from './command/replay.js'
import { selectCommand } from './command/select.js'
import { snapshotCommand } from './command/snapshot.js'
import { statusCommand } from './command/status.js'
import { suggestCommand } from './command/suggest.js'
import { verdictCommand } from './command/verdict.js'
import { version } from './version.js'

const commands: ReadonlyArray<() => Command> = [
  renderCommand,
  checkCommand,
  lintCommand,
  planCommand,
  applyCommand,
  statusCommand,
  cleanupCommand,
  verdictCommand,
  connectivityCommand,
  diffCommand,
  selectCommand,
  replayCommand,
  suggestCommand,
  snapshotCommand,
  convertCommand,
  importCommand,
  fleetCommand,
  completionCommand,
]

/** As `copyInheritedSettings`, for subcommands of subcommands as well: else those end the process by themselves, with 1. */
const inherit = (command: Command, whole: Command): Command => {
  command.copyInheritedSettings(whole)
  for (const below of command.commands) inherit(below, whole)
  return command
}

/** The command and all of its subcommands. Throws a CommanderError where Commander itself would end the process. */
export const program = (): Command => {
  const whole = new Command('typed-calico')
    .description('Calico resources: print, check, plan and apply them, and clean up after them.')
    .version(version())
    .exitOverride()
    .showHelpAfterError('(see --help)')
  for (const command of commands) whole.addCommand(inherit(command(), whole))
  return whole
}
