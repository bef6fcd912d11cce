import * as E from 'fp-ts/lib/Either.js'

/** A command line of calicoctl, taken apart. */
export interface Arguments {
  readonly command: string
  /** By long name, without dashes: `filename`, `skip-exists`. A switch has the value `''`. */
  readonly options: ReadonlyMap<string, string>
  readonly words: ReadonlyArray<string>
}

const short: Readonly<Record<string, string>> = {
  f: 'filename',
  n: 'namespace',
  o: 'output',
  c: 'config',
  l: 'log-level',
  R: 'recursive',
  s: 'skip-not-exists',
  A: 'all-namespaces',
  a: 'all-namespaces',
}

const valued = new Set(['filename', 'namespace', 'output', 'config', 'log-level', 'context', 'poll'])
const switches = new Set([
  'recursive',
  'skip-empty',
  'skip-exists',
  'skip-not-exists',
  'all-namespaces',
  'export',
  'allow-version-mismatch',
])

const parse = (arg: string): { readonly name: string; readonly value?: string } | undefined => {
  const [, long, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? []
  if (long !== undefined) return value === undefined ? { name: long } : { name: long, value }
  const [, letter = '', rest = ''] = /^-([a-zA-Z])=?(.*)$/s.exec(arg) ?? []
  const name = short[letter]
  if (name === undefined) return undefined
  return rest === '' ? { name } : { name, value: rest }
}

/** `Left` holds the arguments as calicoctl quotes them when it does not understand them. */
export const parseArguments = (args: ReadonlyArray<string>): E.Either<string, Arguments> => {
  const options = new Map<string, string>()
  const words: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    const option = arg === '-' ? undefined : parse(arg)
    if (option === undefined) {
      if (arg.startsWith('-') && arg !== '-') return E.left(args.join(' '))
      words.push(arg)
    } else if (switches.has(option.name) && option.value === undefined) {
      options.set(option.name, '')
    } else if (valued.has(option.name)) {
      const value = option.value ?? args[++at]
      if (value === undefined) return E.left(args.join(' '))
      options.set(option.name, value)
    } else {
      return E.left(args.join(' '))
    }
  }
  const [command = '', ...rest] = words
  return E.right({ command, options, words: rest })
}
