import { Command } from 'commander'
import { checkCommand } from './command/check.js'
import { importCommand } from './command/import.js'
import { renderCommand } from './command/render.js'
import { version } from './version.js'

const commands: ReadonlyArray<() => Command> = [renderCommand, checkCommand, importCommand]

/** The command and all of its subcommands. Throws a CommanderError where Commander itself would end the process. */
export const program = (): Command => {
  const whole = new Command('typed-calico')
    .description('Calico resources: print, check, plan and apply them, and clean up after them.')
    .version(version())
    .exitOverride()
    .showHelpAfterError('(see --help)')
  for (const command of commands) whole.addCommand(command().copyInheritedSettings(whole))
  return whole
}
