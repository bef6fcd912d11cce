import type { Command, Option } from 'commander'

/** What a shell may offer after an option, or in its place. */
export interface OptionWords {
  readonly long: string
  readonly short?: string
  readonly description: string
  /** Whether a value follows. */
  readonly takesValue: boolean
  /** The values, where there are only these. */
  readonly choices: ReadonlyArray<string>
}

export interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly options: ReadonlyArray<OptionWords>
  /** Values of its argument other than files. */
  readonly choices: ReadonlyArray<string>
}

const optionWords = (option: Option): OptionWords => ({
  long: option.long ?? option.flags,
  ...(option.short === undefined ? {} : { short: option.short }),
  description: option.description,
  takesValue: option.required || option.optional,
  choices: option.argChoices ?? [],
})

const help: OptionWords = {
  long: '--help',
  short: '-h',
  description: 'display help for command',
  takesValue: false,
  choices: [],
}

/** What can be typed after `typed-calico`, as it is declared. */
export const wordsOf = (program: Command): ReadonlyArray<CommandWords> =>
  program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [...command.options.map(optionWords), help],
    choices: [
      ...command.commands.map((one) => one.name()),
      ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
    ],
  }))
