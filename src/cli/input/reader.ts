import * as E from 'fp-ts/lib/Either.js'
import { type CheckOptions, check } from '../../check/check.js'
import { decodeAndCheckAs } from '../../check/decode-and-check.js'
import type { Invalid } from '../../error.js'
import { isPlain, type Plain } from '../../model/codec/json.js'
import { isForeign } from '../../model/foreign/foreign.js'
import { storageVersion } from '../../model/meta/envelope.js'
import type { Resource } from '../../model/resource.js'
import { serverMetadata, withoutServerMetadata } from '../../model/server-metadata.js'
import { fromStorage } from '../../model/storage/storage.js'
import type { Reader } from '../../yaml/read/gather.js'
import { strict } from '../../yaml/read/problem.js'

export interface ReadOptions extends CheckOptions {
  /** Whether objects that are not Calico's are refused, and not skipped. */
  readonly strict?: boolean
  /** Whether what a server has set is left out: uid, resourceVersion and the like. */
  readonly dropServerMetadata?: boolean
  /** What to make of an object that is not Calico's; undefined to skip it. */
  readonly foreign?: (value: Plain) => E.Either<Invalid, Resource> | undefined
  /** Whether Calico's own are skipped. */
  readonly only?: 'foreign'
}

/** A reader, and which fields of the server it has left out so far. */
export interface InputReader extends Reader {
  readonly dropped: () => ReadonlyArray<string>
}

type Read = E.Either<Invalid, Resource>

const isStored = (value: unknown): boolean => isPlain(value) && value.apiVersion === storageVersion

/**
 * Reads what people and clusters keep: Calico's resources, as they are written and as they are stored, in lists of any
 * kind, among objects of other APIs.
 */
export const inputReader = (options: ReadOptions): InputReader => {
  const dropped = new Set<string>()
  const authors = (resource: Resource): Resource => {
    if (options.dropServerMetadata !== true) return resource
    for (const field of serverMetadata(resource)) dropped.add(field)
    return withoutServerMetadata(resource)
  }
  const stored = options.calico === undefined ? {} : { calico: options.calico }
  const readOwn = (value: unknown): Read => {
    if (!isStored(value)) return decodeAndCheckAs(value, options, authors)
    return E.chain((resource: Resource) => check(authors(resource), options))(fromStorage(value, stored))
  }
  return {
    ...strict,
    lists: 'any',
    dropped: () => [...dropped],
    read: ({ value }) => {
      if (isPlain(value) && options.only === 'foreign' && !isForeign(value)) {
        return 'kind' in value ? undefined : readOwn(value)
      }
      if (!isPlain(value) || !isForeign(value)) return readOwn(value)
      return options.foreign?.(value) ?? (options.strict === true ? readOwn(value) : undefined)
    },
  }
}
