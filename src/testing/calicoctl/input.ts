import * as E from 'fp-ts/lib/Either.js'
import { decodeObject } from '../../cluster/object.js'
import type { KubeObject } from '../../cluster/port.js'
import { isKind } from '../../model/kind.js'
import { decode } from '../../model/resource.js'
import { readDocumentQuickly } from '../../yaml/read/read-document.js'
import { type Chunk, splitDocuments } from '../../yaml/read/split.js'
import { calicoApiVersion } from './kind.js'

const type = (kind: string) => ({
  group: 'projectcalico.org',
  version: 'v3',
  resource: '',
  kind,
  namespaced: true,
})

const isHeader = (
  value: unknown,
): value is { readonly kind?: unknown; readonly apiVersion?: unknown; readonly items?: unknown } =>
  typeof value === 'object' && value !== null

const resource = (value: unknown): E.Either<string, KubeObject> => {
  const { kind, apiVersion } = isHeader(value) ? value : {}
  if (apiVersion !== calicoApiVersion || !isKind(kind)) {
    return E.left(`Unknown resource type (${kind ?? ''}) and/or version (${apiVersion ?? ''})`)
  }
  const decoded = decode(value, { lenient: true })
  if (E.isLeft(decoded)) return E.left(`error parsing document: ${decoded.left.issues[0].message}`)
  const object = decodeObject(type(String(kind)), decoded.right)
  return E.isLeft(object) ? E.left('error parsing document: metadata') : object
}

/** A document is one resource, a list of one kind, or an array. */
const itemsOf = (value: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  return isHeader(value) && String(value.kind).endsWith('List') && Array.isArray(value.items)
    ? value.items
    : [value]
}

const readYaml = (chunk: Chunk): E.Either<string, unknown> => {
  const { value, problems } = readDocumentQuickly(chunk, { lenient: true, equalKeys: true })
  const [first] = problems
  return first === undefined ? E.right(value) : E.left(`error parsing document: ${first.message}`)
}

const readText = (text: string): E.Either<string, ReadonlyArray<KubeObject>> => {
  const objects: KubeObject[] = []
  for (const chunk of splitDocuments(text).chunks) {
    const value = readYaml(chunk)
    if (E.isLeft(value)) return value
    if (value.right === null || value.right === undefined) continue
    for (const item of itemsOf(value.right)) {
      const object = resource(item)
      if (E.isLeft(object)) return object
      objects.push(object.right)
    }
  }
  return E.right(objects)
}

const readable = /\.(ya?ml|json)$/i

/** The files that calicoctl reads for `-f PATH`: the file, or those right in the folder, by name. */
const filesAt = (
  files: ReadonlyMap<string, string>,
  path: string,
): ReadonlyArray<readonly [string, string]> => {
  const text = files.get(path)
  if (text !== undefined) return [[path, text]]
  const folder = path.endsWith('/') ? path : `${path}/`
  return [...files]
    .filter(
      ([name]) => name.startsWith(folder) && !name.slice(folder.length).includes('/') && readable.test(name),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** The resources of `-f PATH`; or the line that calicoctl prints when it cannot read them. */
export const readInput = (
  files: ReadonlyMap<string, string>,
  path: string,
  skipEmpty: boolean,
): E.Either<string, ReadonlyArray<KubeObject>> => {
  const found = filesAt(files, path)
  const folder = [...files.keys()].some((name) => name.startsWith(path.endsWith('/') ? path : `${path}/`))
  if (found.length === 0 && !folder)
    return E.left(`Failed to execute command: open ${path}: no such file or directory`)
  const objects: KubeObject[] = []
  for (const [name, text] of found) {
    const read = readText(text)
    if (E.isLeft(read)) return E.left(`Failed to execute command: ${read.left}`)
    if (read.right.length === 0 && !skipEmpty) return E.left(`No resources specified in file ${name}`)
    objects.push(...read.right)
  }
  return objects.length === 0 && !skipEmpty
    ? E.left(`No resources specified in directory ${path}`)
    : E.right(objects)
}
