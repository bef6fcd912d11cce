import { kindFacts, kinds } from '../../model/kind.js'
import { nameOf, printId } from '../../model/resource-id.js'
import type { Name } from '../report.js'
import type { ItemErrors } from '../write/transport.js'
import type { RunOutput } from './output.js'

/** How calicoctl's errors begin. It prints them on one line, with nothing but a space in between. */
const starts = [
  'resource already exists: ',
  'resource does not exist: ',
  'update conflict: ',
  'connection is unauthorized: ',
  'error with field',
  'error with the following fields',
  'operation \\S+(?: or \\S+)? is not supported on ',
  'namespace should not be specified',
  'resource namespace does not match',
  'failed to update the resource',
  'admission webhook ',
  '\\S+ "[^"\\s]*" is (?:forbidden|invalid): ',
  '[^\\s"]+ is forbidden: User ',
]

const boundary = new RegExp(`(?<!unauthorized: )(?=(?:^|(?<=\\s))(?:${starts.join('|')}))`)

/**
 * What follows the first line that says so. Since 3.31 that is in lower case, in which an error of the list may begin, too:
 * then its bracket tells. Each part of the text is looked at once, however long it is.
 */
const listOf = (output: string): string | undefined => {
  const head = /Hit error(?:\(s\))?|Failed to \w+ |hit error(?:\(s\))?|failed to \w+ /g
  const rest = /[^:\n]*/y
  for (let found = head.exec(output); found !== null; found = head.exec(output)) {
    rest.lastIndex = head.lastIndex
    const end = head.lastIndex + (rest.exec(output)?.[0].length ?? 0)
    if (output.startsWith(/^[HF]/.test(found[0]) ? ': ' : ': [', end)) return output.slice(end + 2)
    head.lastIndex = end
  }
  return undefined
}

/** What client-go logs to stderr: `W1129 10:00:00.000000 1 warnings.go:70] unknown field "status"`. No cause of anything. */
const withoutLog = (output: string): string => output.replace(/^[IWEF]\d{4} [^\n]*\][^\n]*\n?/gm, '')

const split = (list: string): ReadonlyArray<string> => {
  const text = list.trim()
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  return bare
    .split(boundary)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

const plurals: ReadonlyMap<string, string> = new Map(kinds.map((kind) => [kindFacts[kind].plural, kind]))

/** One form for `web` and `default.web`: calicoctl tells the name under which a policy is stored. */
const plain = (name: Name): Name => name.replace(/([(/])default\./, '$1')

/** The object that an error names: as `NetworkPolicy(shop/default.web)`, or as the API server does. */
const subjectOf = (error: string): Name | undefined => {
  const [calico] = /\b[A-Z]\w+\([^\s()]+\)/.exec(error) ?? []
  if (calico !== undefined) return plain(calico)
  const [, plural = '', name] = /\b([a-z]+)\.(?:crd\.)?projectcalico\.org "([^"]+)"/.exec(error) ?? []
  const kind = plurals.get(plural)
  if (kind === undefined || name === undefined) return undefined
  const [, namespace] = /in the namespace "([^"]+)"/.exec(error) ?? []
  return plain(printId({ kind, namespace, name }))
}

/**
 * The list of errors that calicoctl printed, one by one. Where the log's beginning is lost (a kubelet keeps its last
 * 10 MiB), those that name their object.
 */
export const splitErrors = (output: string): ReadonlyArray<string> => {
  const text = withoutLog(output)
  const list = listOf(text)
  return list === undefined ? split(text).filter((error) => subjectOf(error) !== undefined) : split(list)
}

const untold = 'calicoctl gave no reason'
const unreached = 'calicoctl did not get that far'

/**
 * Why each of these did not become what it was to be, in calicoctl's words. Most of its errors name their object.
 * Where not, they stand in the order of the input: when there are as many as failed, each belongs to one. An error
 * that may be another's is never told as this one's.
 *
 * @param failed in the order of the input
 * @param done what became what it was to be, whatever calicoctl says of it
 * @param said nothing where calicoctl did not run, or not to its end
 */
export const errorsFor = (
  failed: ReadonlyArray<Name>,
  done: ReadonlyArray<Name>,
  output: string | undefined,
): ReadonlyMap<Name, string> => {
  if (output === undefined) return new Map(failed.map((name) => [name, unreached]))
  const fine = new Set(done.map(plain))
  const errors = splitErrors(output)
    .map((error) => ({ error, subject: subjectOf(error) }))
    .filter(({ subject }) => subject === undefined || !fine.has(subject))
  const own = new Map(errors.map(({ error, subject }) => [subject, error]))
  const ordered = errors.length === failed.length
  const general =
    errors.length === 0
      ? withoutLog(output)
          .replace(/^Use --allow-version-mismatch.*$/m, '')
          .trim()
      : undefined
  return new Map(
    failed.map((name, index) => {
      const cause = own.get(plain(name)) ?? (ordered ? errors[index]?.error : general)
      return [name, (cause || untold).slice(0, 1024)]
    }),
  )
}

/** What a later attempt says of what an earlier one wrote: no reason for anything. */
const tellsNothing = (cause: string): boolean =>
  cause === untold || cause === unreached || cause.startsWith('resource already exists: ')

/**
 * The same of a whole run: each calicoctl speaks of what it was given, and of nothing else. Of several attempts, the last
 * that tells something counts.
 */
export const errorsIn =
  (output: RunOutput): ItemErrors =>
  (verb, failed, done) => {
    const causes = new Map(failed.map((name) => [name, unreached]))
    for (const { batch, texts } of output) {
      const given = new Set(batch[verb].map(nameOf))
      const ofThese = (names: ReadonlyArray<Name>) => names.filter((name) => given.has(name))
      for (const [name, cause] of errorsFor(ofThese(failed), ofThese(done), texts[verb])) {
        if (!tellsNothing(cause) || tellsNothing(causes.get(name) ?? untold)) causes.set(name, cause)
      }
    }
    return causes
  }
