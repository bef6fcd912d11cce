import { isPolicyKind } from '../../model/kind.js'
import type { Resource } from '../../model/resource.js'

/** What calicoctl is to do. `create` fails on what exists, `replace` on what has another resourceVersion. */
export type Verb = 'create' | 'replace'

/** The resources of one run, each with the verb that cannot touch a foreign object. */
export type Batch = Readonly<Record<Verb, ReadonlyArray<Resource>>>

export const verbs: ReadonlyArray<Verb> = ['create', 'replace']

/** The steps in which a batch is written. */
type Rank = 0 | 1 | 2 | 3

/**
 * What others refer to comes first: tiers, then sets and the rest, then policies. Last are host endpoints, and what makes them of all
 * nodes at once: an interface that has an endpoint and no policy yet lets nothing but failsafe ports through.
 */
const rank = ({ kind }: Resource): Rank => {
  if (kind === 'Tier') return 0
  if (kind === 'HostEndpoint' || kind === 'KubeControllersConfiguration') return 3
  return isPolicyKind(kind) ? 2 : 1
}

const inStages: ReadonlyArray<ReadonlyArray<Rank>> = [[0, 1], [2], [3]]

/** The batch in the stages that one has to wait for the other with, however much is in them. */
export const stages = (batch: Batch): ReadonlyArray<Batch> =>
  inStages.map((ranks) => {
    const keep = (resources: ReadonlyArray<Resource>) => resources.filter((it) => ranks.includes(rank(it)))
    return { create: keep(batch.create), replace: keep(batch.replace) }
  })

export const inOrder = <R extends Resource>(resources: ReadonlyArray<R>): ReadonlyArray<R> =>
  [...resources].sort((a, b) => rank(a) - rank(b))

/** A resource, with what is to be done with it. */
export interface Write {
  readonly verb: Verb
  readonly resource: Resource
}

/** The batch, rank by rank: what is within one may be written at once. */
export const inRanks = (batch: Batch): ReadonlyArray<ReadonlyArray<Write>> =>
  [0, 1, 2, 3].map((wanted) =>
    verbs.flatMap((verb) =>
      batch[verb].filter((resource) => rank(resource) === wanted).map((resource) => ({ verb, resource })),
    ),
  )

export const sizeOf = (batch: Batch): number => batch.create.length + batch.replace.length
