import { type Printed, worded } from './call.js'

/** What a command that writes did, as calicoctl counts it. */
export interface Results {
  /** calicoctl's own: `v3.28.5`. */
  readonly version: string
  readonly command: string
  readonly total: number
  readonly handled: number
  /** The kind, when there is only one. */
  readonly kind: string | undefined
  readonly failures: ReadonlyArray<string>
}

const done: Readonly<Record<string, string>> = {
  apply: 'applied',
  create: 'created',
  replace: 'replaced',
  delete: 'deleted',
}

const list = (failures: ReadonlyArray<string>): string => `[${failures.join(' ')}]`

const success = ({ command, handled, kind }: Results): string =>
  `Successfully ${done[command]} ${handled} ${kind === undefined ? '' : `'${kind}' `}resource(s)\n`

const nothing = ({ command, total, kind, failures }: Results): string => {
  const what =
    kind === undefined ? 'any resources' : total === 1 ? `'${kind}' resource` : `any '${kind}' resources`
  return `Failed to ${command} ${what}: ${command === 'replace' ? failures.at(-1) : list(failures)}`
}

const partial = ({ command, total, handled, kind }: Results): string =>
  `Partial success: ${done[command]} the first ${handled} out of ${total} ${kind === undefined ? '' : `'${kind}' `}resources:\n`

/** **Source**: `calicoctl/calicoctl/commands/apply.go`, `create.go`, `replace.go`, `delete.go`. */
export const summarise = (results: Results): Printed => {
  const { version, command, handled, kind, failures } = results
  if (command === 'delete') {
    const stdout = handled > 0 ? success(results) : ''
    const of = kind === undefined ? '' : `'${kind}' `
    const lines = failures.map((failure) => `Failed to delete ${of}resource: ${failure}\n`)
    return failures.length === 0 ? { stdout } : { stdout, error: lines.join('') }
  }
  if (handled === 0) return { stdout: '', error: worded(version, nothing(results)) }
  if (failures.length === 0) return { stdout: success(results) }
  if (command === 'replace')
    return { stdout: partial(results), error: worded(version, `Hit error: ${failures.at(-1)}`) }
  const hit = command === 'apply' ? 'Hit error(s)' : 'Hit error'
  const stdout = handled - failures.length > 0 ? partial(results) : ''
  return { stdout, error: worded(version, `${hit}: ${list(failures)}`) }
}
