import type { CommandWords, OptionWords } from './words.js'

const flags = ({ long, short }: OptionWords): ReadonlyArray<string> =>
  short === undefined ? [long] : [short, long]

const offer = (words: ReadonlyArray<string>): string =>
  `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current"))`

/** After `patterns`, where a value is due. Where no words are offered, bash offers files. */
const valueCase = (patterns: ReadonlyArray<string>, choices: ReadonlyArray<string>): string =>
  `    ${patterns.map((it) => `'${it}'`).join(' | ')}) ${choices.length === 0 ? 'COMPREPLY=()' : offer(choices)}; return ;;`

const valueCases = ({ name, options }: CommandWords): ReadonlyArray<string> => {
  const patterns = (option: OptionWords) => flags(option).map((flag) => `${name} ${flag}`)
  const valued = options.filter(({ takesValue }) => takesValue)
  const free = valued.filter(({ choices }) => choices.length === 0).flatMap(patterns)
  return [
    ...valued.flatMap((it) => (it.choices.length === 0 ? [] : [valueCase(patterns(it), it.choices)])),
    ...(free.length === 0 ? [] : [valueCase(free, [])]),
  ]
}

const commandCase = ({ name, options, choices }: CommandWords): string => {
  const others = choices.length === 0 ? 'COMPREPLY=()' : offer(choices)
  const all = offer(options.flatMap(flags))
  return `    ${name}) if [[ $current == -* ]]; then ${all}; else ${others}; fi ;;`
}

/** What bash runs to complete the command. */
export const bashCompletion = (commands: ReadonlyArray<CommandWords>): string => {
  const names = commands.map(({ name }) => name)
  return `# In ~/.bashrc: eval "$(typed-calico completion bash)"
_typed_calico() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case "$word" in
    ${names.join(' | ')}) command="$word"; break ;;
    esac
  done
  case "$command $previous" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$command" in
    '') ${offer([...names, '--help', '--version'])} ;;
${commands.map(commandCase).join('\n')}
  esac
}
complete -o default -F _typed_calico typed-calico
`
}
