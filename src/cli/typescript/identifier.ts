import type { Resource } from '../../model/resource.js'

const words = (text: string): string =>
  text.replace(/[^A-Za-z0-9]+([A-Za-z0-9])?/g, (_, next: string = '') => next.toUpperCase())

const reserved: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

/** `apiFromWeb` for `api-from-web`. A name that is taken, or that begins with a digit, says more of the resource. */
const candidates = ({ kind, metadata: { name, namespace = '' } }: Resource): ReadonlyArray<string> => [
  words(name),
  words(`${kind[0]?.toLowerCase()}${kind.slice(1)}-${name}`),
  words(`${kind[0]?.toLowerCase()}${kind.slice(1)}-${namespace}-${name}`),
]

const isFree = (name: string, taken: ReadonlySet<string>): boolean =>
  /^[A-Za-z]/.test(name) && !reserved.has(name) && !taken.has(name)

/** A name for each resource's constant: none twice, none of those that are taken already. */
export const identifiers = (
  resources: ReadonlyArray<Resource>,
  imported: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const taken = new Set(imported)
  return resources.map((resource) => {
    const names = candidates(resource)
    let name = names.find((it) => isFree(it, taken))
    for (let i = 2; name === undefined; i++) name = [`${names.at(-1)}${i}`].find((it) => isFree(it, taken))
    taken.add(name)
    return name
  })
}
