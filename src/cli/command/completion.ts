import { Argument, Command } from 'commander'
import { bashCompletion } from '../completion/bash.js'
import { fishCompletion } from '../completion/fish.js'
import { wordsOf } from '../completion/words.js'
import { zshCompletion } from '../completion/zsh.js'
import { out } from '../terminal.js'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const

export const completionCommand = (): Command =>
  new Command('completion')
    .summary('print the completion script of a shell')
    .description('Prints the completion script of a shell; its first lines say where to put it.')
    .addArgument(new Argument('<shell>').choices(Object.keys(shells)))
    .action((shell: keyof typeof shells, _options: object, command: Command) => {
      out(shells[shell](wordsOf(command.parent ?? command)))
    })
