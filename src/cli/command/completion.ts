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
    .description('Prints what the shell runs to complete this command; its first lines say where that goes.')
    .addArgument(new Argument('<shell>').choices(Object.keys(shells)))
    .action((shell: keyof typeof shells, _options: object, command: Command) => {
      out(shells[shell](wordsOf(command.parent ?? command)))
    })
