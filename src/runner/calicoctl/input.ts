import { createHash } from 'node:crypto'
import type { Resource } from '../../model/resource.js'
import { toYaml } from '../../yaml/print/print.js'
import { type Batch, inOrder, type Verb, verbs } from '../plan/batch.js'

/** One immutable ConfigMap's worth of input. */
export interface Shard {
  readonly verb: Verb
  /** Its file name; calicoctl reads the files of a folder in the order of their names. */
  readonly file: string
  readonly text: string
  /** SHA-256 of the text, in hexadecimal. */
  readonly digest: string
}

/** A ConfigMap holds 1 MiB in all; the rest is for its metadata. */
const shardBytes = 900 * 1024

const bytes = (text: string): number => new TextEncoder().encode(text).length

export const digestOfText = (text: string): string => createHash('sha256').update(text).digest('hex')

const pack = (documents: ReadonlyArray<string>): ReadonlyArray<string> => {
  const shards: Array<Array<string>> = []
  let room = 0
  for (const document of documents) {
    const size = bytes(document) + 4
    if (size > room) {
      shards.push([])
      room = shardBytes
    }
    shards.at(-1)?.push(document)
    room -= size
  }
  return shards.map((shard) => shard.join('---\n'))
}

const shardsOf = (verb: Verb, resources: ReadonlyArray<Resource>, from: number): ReadonlyArray<Shard> =>
  pack(inOrder(resources).map((resource) => toYaml(resource))).map((text, index) => ({
    verb,
    file: `${verb}-${String(from + index).padStart(4, '0')}.yaml`,
    text,
    digest: digestOfText(text),
  }))

/** The batches as the files that calicoctl reads, each in as few ConfigMaps as fit, their names told apart. */
export const shards = (batches: ReadonlyArray<Batch>): ReadonlyArray<ReadonlyArray<Shard>> => {
  const used = { create: 0, replace: 0 }
  return batches.map((batch) =>
    verbs.flatMap((verb) => {
      const made = shardsOf(verb, batch[verb], used[verb])
      used[verb] += made.length
      return made
    }),
  )
}
