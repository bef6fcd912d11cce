import type { CommandWords, OptionWords } from './words.js'

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

const optionLine = (
  command: string,
  { long, short, description, takesValue, choices }: OptionWords,
): string => {
  const value = !takesValue ? '' : choices.length === 0 ? ' -r' : ` -x -a ${quote(choices.join(' '))}`
  const letter = short === undefined ? '' : ` -s ${short.slice(1)}`
  const when = quote(`__fish_seen_subcommand_from ${command}`)
  return `complete -c typed-calico -n ${when} -l ${long.slice(2)}${letter}${value} -d ${quote(description)}`
}

const commandLines = ({ name, summary, options, choices }: CommandWords): ReadonlyArray<string> => [
  `complete -c typed-calico -n __fish_use_subcommand -f -a ${name} -d ${quote(summary)}`,
  ...(choices.length === 0
    ? []
    : [
        `complete -c typed-calico -n ${quote(`__fish_seen_subcommand_from ${name}`)} -f -a ${quote(choices.join(' '))}`,
      ]),
  ...options.map((option) => optionLine(name, option)),
]

/** What fish runs to complete the command. */
export const fishCompletion = (commands: ReadonlyArray<CommandWords>): string =>
  [
    '# In ~/.config/fish/config.fish: typed-calico completion fish | source',
    ...commands.flatMap(commandLines),
    '',
  ].join('\n')
