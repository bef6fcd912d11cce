import type { Resource } from '../../model/resource.js'

/** What calicoctl is to do. `create` fails on what exists, `replace` on what has another resourceVersion. */
export type Verb = 'create' | 'replace'

/** The resources of one run, each with the verb that cannot touch a foreign object. */
export type Batch = Readonly<Record<Verb, ReadonlyArray<Resource>>>

export const verbs: ReadonlyArray<Verb> = ['create', 'replace']

/** What others refer to comes first: tiers, then sets and endpoints, then policies. */
const rank = (resource: Resource): 0 | 1 | 2 => {
  if (resource.kind.endsWith('Tier')) return 0
  return resource.kind.endsWith('Policy') ? 2 : 1
}

/** Whether no other resource of a batch refers to it. */
export const isLast = (resource: Resource): boolean => rank(resource) === 2

export const inOrder = <R extends Resource>(resources: ReadonlyArray<R>): ReadonlyArray<R> =>
  [...resources].sort((a, b) => rank(a) - rank(b))

/** A resource, with what is to be done with it. */
export interface Write {
  readonly verb: Verb
  readonly resource: Resource
}

/** The batch, rank by rank: what is within one may be written at once. */
export const inRanks = (batch: Batch): ReadonlyArray<ReadonlyArray<Write>> =>
  [0, 1, 2].map((wanted) =>
    verbs.flatMap((verb) =>
      batch[verb].filter((resource) => rank(resource) === wanted).map((resource) => ({ verb, resource })),
    ),
  )

export const sizeOf = (batch: Batch): number => batch.create.length + batch.replace.length
