import * as E from 'fp-ts/lib/Either.js'
import type { Issue, Path } from '../../error.js'
import {
  type Codec,
  decodeAs,
  integer,
  json,
  list,
  literal,
  object,
  optional,
  string,
} from '../../model/codec/codec.js'
import { isPlain, type Plain } from '../../model/codec/json.js'
import { isKind, type Kind } from '../../model/kind.js'
import { apiVersion } from '../../model/meta/envelope.js'

/** What may be a resource, and the way to it from the root of its document. */
export interface Item {
  readonly path: Path
  readonly value: unknown
}

export interface Unpacked {
  readonly items: ReadonlyArray<Item>
  /** What is wrong with a list itself, by paths from the root of the document. */
  readonly issues: ReadonlyArray<Issue>
}

interface ListMeta {
  readonly selfLink?: string
  readonly resourceVersion?: string
  readonly continue?: string
  readonly remainingItemCount?: number
}

const ListMeta: Codec<ListMeta> = object<ListMeta>('ListMeta', {
  selfLink: optional(string),
  resourceVersion: optional(string),
  continue: optional(string),
  remainingItemCount: optional(integer),
})

interface ResourceList {
  readonly apiVersion: typeof apiVersion
  readonly kind: string
  readonly metadata?: ListMeta
  readonly items?: ReadonlyArray<unknown>
}

const ResourceList: Codec<ResourceList> = object<ResourceList>('list of resources', {
  apiVersion: literal(apiVersion),
  kind: string,
  metadata: optional(ListMeta),
  items: optional(list(json)),
})

/** How lists are read. */
export interface ListReading {
  readonly lenient: boolean
  /** calicoctl reads typed lists of its own resources; clusters hand out a `List` of v1 and lists of any group, too. */
  readonly lists: 'typed' | 'any'
}

const kindOfItems = (value: unknown): Kind | undefined => {
  if (!isPlain(value) || value.apiVersion !== apiVersion || typeof value.kind !== 'string') return undefined
  const kind = value.kind.replace(/List$/, '')
  return kind !== value.kind && isKind(kind) ? kind : undefined
}

/** calicoctl crashes on it. */
const otherKind = (value: unknown, kind: Kind, path: Path): ReadonlyArray<Issue> =>
  isPlain(value) && isKind(value.kind) && value.kind !== kind
    ? [
        {
          rule: 'list-kind',
          path: [...path, 'kind'],
          message: `a ${kind}List cannot contain a ${value.kind}`,
          hint: 'make each resource a document of its own, or write a list without a kind',
        },
      ]
    : []

/** Items of a list that an API server wrote need not say what they are: the list does. */
const withType = (item: unknown, { apiVersion, kind }: Plain): unknown =>
  isPlain(item) && item.kind === undefined && kind !== 'List'
    ? { apiVersion, kind: String(kind).replace(/List$/, ''), ...item }
    : item

const isAnyList = (value: unknown): value is Plain & { readonly items: ReadonlyArray<unknown> } =>
  isPlain(value) && /List$/.test(String(value.kind)) && Array.isArray(value.items)

const unpackAny = (value: Plain & { readonly items: ReadonlyArray<unknown> }, path: Path): Unpacked => ({
  items: value.items.map((item, i) => ({ path: [...path, 'items', i], value: withType(item, value) })),
  issues: [],
})

const unpackList = (value: unknown, kind: Kind, path: Path, lenient: boolean): Unpacked => {
  const read = decodeAs(ResourceList, value, { lenient })
  if (E.isLeft(read)) {
    return {
      items: [],
      issues: read.left.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    }
  }
  const items = (read.right.items ?? []).map((item, i) => ({ path: [...path, 'items', i], value: item }))
  return { items, issues: items.flatMap((item) => otherKind(item.value, kind, item.path)) }
}

/**
 * What is in a document: one resource, a list of one kind, or a list of both; nothing at all if it is empty.
 *
 * **Source**: `calicoctl/calicoctl/resourcemgr/resourcemgr.go`, createResourcesFromBytes.
 */
export const unpack = (value: unknown, reading: ListReading): Unpacked => {
  if (value === null || value === undefined) return { items: [], issues: [] }
  const found = Array.isArray(value)
    ? value.map((item, i) => unpackOne(item, [i], reading))
    : [unpackOne(value, [], reading)]
  return { items: found.flatMap(({ items }) => items), issues: found.flatMap(({ issues }) => issues) }
}

const unpackOne = (value: unknown, path: Path, { lenient, lists }: ListReading): Unpacked => {
  if (lists === 'any' && isAnyList(value)) return unpackAny(value, path)
  const kind = kindOfItems(value)
  return kind === undefined
    ? { items: [{ path, value }], issues: [] }
    : unpackList(value, kind, path, lenient)
}
