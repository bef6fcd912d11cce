import * as E from 'fp-ts/lib/Either.js'

/** Keys and indexes from the root of the resource (or of the list of resources) to the place. */
export type Path = ReadonlyArray<string | number>

/** A place in a text: 1-based line and column. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * One thing wrong with an input.
 *
 * `rule` is the short, stable name of what was broken (`unknown-key`, `ports-need-protocol`): match on it,
 * not on the message. `source` is where Calico says so. `frame` is an excerpt with a caret, when there is text.
 */
export interface Issue {
  readonly rule: string
  readonly path: Path
  readonly message: string
  readonly hint?: string
  readonly source?: string
  /** Which resource of several: `NetworkPolicy(shop/api-from-web)`. */
  readonly resource?: string
  readonly at?: Position
  readonly frame?: string
}

/** Everything that is wrong with an input, all at once. Never empty. */
export interface Invalid {
  readonly _tag: 'Invalid'
  readonly message: string
  readonly issues: readonly [Issue, ...Issue[]]
}

/** What every failure of this library has: a tag to match on, and words for a person. */
export interface Failure {
  readonly _tag: string
  readonly message: string
  readonly hint?: string
}

/** The issues as one `Invalid`. */
export const invalid = (issues: readonly [Issue, ...Issue[]]): Invalid => ({
  _tag: 'Invalid',
  message: issues.length === 1 ? '1 issue' : `${issues.length} issues`,
  issues,
})

/** `Right(value)` when there are no issues, all of them otherwise. */
export const unlessIssues = <A>(issues: ReadonlyArray<Issue>, value: A): E.Either<Invalid, A> => {
  const [first, ...rest] = issues
  return first === undefined ? E.right(value) : E.left(invalid([first, ...rest]))
}

/**
 * The path as a person writes it.
 *
 * @example
 * printPath(['spec', 'ingress', 0, 'source']) // => 'spec.ingress[0].source'
 */
export const printPath = (path: Path): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    if (!/^[\w$-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`
    return text === '' ? key : `${text}.${key}`
  }, '')

/** One issue as text for a person: where it is, what, and what to do. */
export const explainIssue = (issue: Issue): string => {
  const place = [
    issue.resource,
    printPath(issue.path) || undefined,
    issue.at && `line ${issue.at.line}, column ${issue.at.column}`,
  ].filter((part) => part !== undefined)
  const where = place.length === 0 ? '' : `${place.join(' · ')}: `
  const frame = issue.frame === undefined ? '' : `\n${issue.frame.replace(/^/gm, '    ')}`
  const hint = issue.hint === undefined ? '' : `\n    → ${issue.hint}`
  return `${where}${issue.message} [${issue.rule}]${frame}${hint}`
}

const isInvalid = (failure: Failure): failure is Invalid => failure._tag === 'Invalid' && 'issues' in failure

/** On what `toError` made: by a symbol that the entries of this library share, wherever each was bundled. */
const thrown = Symbol.for('typed-calico.thrown')

/**
 * What happened, where, and what to do about it, as text for a person. Never fails.
 * Holds no token, header, kubeconfig or policy body.
 *
 * @example
 * explain({ _tag: 'Aborted', message: 'The caller aborted the run.' }) // => 'Aborted: The caller aborted the run.'
 */
export const explain = (failure: Failure): string => {
  // The message of one that was thrown explains it already.
  if (thrown in failure) return failure.message
  if (isInvalid(failure)) {
    return [`Invalid: ${failure.message}`, ...failure.issues.map((issue) => `  ${explainIssue(issue)}`)].join(
      '\n',
    )
  }
  const hint = failure.hint === undefined ? '' : `\n  → ${failure.hint}`
  return `${failure._tag}: ${failure.message}${hint}`
}

/**
 * The failure as an `Error` to throw, with all of the failure's own fields: match on `_tag`, not on `instanceof`.
 *
 * @example
 * toError({ _tag: 'Busy', message: 'another run is under way', hint: 'wait' })._tag // => 'Busy'
 */
export const toError = <F extends Failure>(failure: F): Error & F => {
  const message = explain(failure)
  const error = Object.assign(new Error(message), { ...failure, message })
  return Object.defineProperty(error, thrown, { value: true })
}

/**
 * The value, or the failure thrown once, explained. The edge between values and exceptions.
 *
 * @example
 * orThrow(parseSelector("role == 'web'")) // the Selector; throws with a caret for "role = 'web'"
 */
export const orThrow = <F extends Failure, A>(result: E.Either<F, A>): A => {
  if (E.isLeft(result)) throw toError(result.left)
  return result.right
}
