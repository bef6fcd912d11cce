import type { Resource } from '../model/resource.js'

/** What calicoctl is to do. `create` fails on what exists, `replace` on what has another resourceVersion. */
export type Verb = 'create' | 'replace'

/** The resources of one run, each with the verb that cannot touch a foreign object. */
export type Batch = Readonly<Record<Verb, ReadonlyArray<Resource>>>

export const verbs: ReadonlyArray<Verb> = ['create', 'replace']

/** What others refer to comes first: tiers, then sets and endpoints, then policies. */
const rank = (resource: Resource): number => {
  if (resource.kind.endsWith('Tier')) return 0
  return resource.kind.endsWith('Policy') ? 2 : 1
}

/** Whether no other resource of a batch refers to it. */
export const isLast = (resource: Resource): boolean => rank(resource) === 2

export const inOrder = <R extends Resource>(resources: ReadonlyArray<R>): ReadonlyArray<R> =>
  [...resources].sort((a, b) => rank(a) - rank(b))

export const sizeOf = (batch: Batch): number => batch.create.length + batch.replace.length
