import type { Name } from './report.js'

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
  '\\S+ is forbidden: User ',
]

const boundary = new RegExp(`(?<!unauthorized: )(?=(?:^|(?<=\\s))(?:${starts.join('|')}))`)

/** The list of errors that calicoctl printed, one by one. */
export const splitErrors = (said: string): ReadonlyArray<string> => {
  const [, list] = /(?:Hit error(?:\(s\))?|Failed to \w+ [^:\n]*): ([\s\S]*)$/.exec(said) ?? []
  if (list === undefined) return []
  const text = list.trim()
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  return bare
    .split(boundary)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Whether an error names the object: `NetworkPolicy(shop/default.web)`, or `"default.web"` and the kind's plural. */
const names = (error: string, name: Name): boolean => {
  const [, kind = '', namespace = '', base = ''] = /^(\w+)\((?:(.*)\/)?(.*)\)$/.exec(name) ?? []
  const place = namespace === '' ? '' : `${namespace}/`
  return [base, `default.${base}`].some(
    (stored) =>
      error.includes(`${kind}(${place}${stored})`) ||
      (error.toLowerCase().includes(kind.toLowerCase().slice(0, -1)) && error.includes(`"${stored}"`)),
  )
}

const untold = 'calicoctl gave no reason'

/**
 * Why each of these did not become what it was to be, in calicoctl's words. Most of its errors name their object.
 * Where not, they stand in the order of the input: when there are as many as failed, each belongs to one. An error
 * that may be another's is never told as this one's.
 *
 * @param failed in the order of the input
 */
export const causesFor = (failed: ReadonlyArray<Name>, said: string): ReadonlyMap<Name, string> => {
  const errors = splitErrors(said)
  const ordered = errors.length === failed.length
  const general = errors.length === 0 ? said.trim().split('\n').at(-1) : undefined
  return new Map(
    failed.map((name, index) => {
      const cause = errors.find((error) => names(error, name)) ?? (ordered ? errors[index] : general)
      return [name, (cause || untold).slice(0, 1024)]
    }),
  )
}
