import type { CommandWords, OptionWords } from './words.js'

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** In a specification, brackets and colons stand for themselves after a backslash only. */
const escaped = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&')

const optionSpec = ({ long, short, description, takesValue, choices }: OptionWords): string => {
  const value = !takesValue ? '' : choices.length === 0 ? ':value:_files' : `:value:(${choices.join(' ')})`
  const rest = quote(`[${escaped(description)}]${value}`)
  return short === undefined ? `'${long}'${rest}` : `'(${short} ${long})'{${short},${long}}${rest}`
}

const commandCase = ({ name, options, choices }: CommandWords): string => {
  const argument = choices.length === 0 ? "'*:file:_files'" : quote(`1:value:(${choices.join(' ')})`)
  return `    ${name}) _arguments -S ${[...options.map(optionSpec), argument].join(' \\\n      ')} ;;`
}

/** What zsh runs to complete the command. */
export const zshCompletion = (commands: ReadonlyArray<CommandWords>): string => `#compdef typed-calico
# In ~/.zshrc, after compinit: eval "$(typed-calico completion zsh)"
_typed_calico() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${escaped(summary)}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _typed_calico typed-calico
`
