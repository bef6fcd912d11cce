import { type Shard, shards } from '../calicoctl/input.js'
import { type Batch, inOrder, sizeOf, stages, verbs } from '../plan/batch.js'

/** What one pod is given: some of the batch, and the files that hold it. */
export interface ShardGroup {
  readonly batch: Batch
  readonly shards: ReadonlyArray<Shard>
}

/** What one Job is given: a group for each of its pods, which run at once. Jobs go one after the other. */
export type JobPlan = ReadonlyArray<ShardGroup>

/** In as few pieces as may be, of much the same size. */
const cut = <A>(items: ReadonlyArray<A>, most: number): ReadonlyArray<ReadonlyArray<A>> => {
  const count = Math.ceil(items.length / most)
  const size = Math.ceil(items.length / count)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** What fits one pod goes into one. Of more, each verb has Jobs of its own: all pods of a Job do the same. */
const jobsFor = (batch: Batch, partSize: number): ReadonlyArray<ReadonlyArray<Batch>> =>
  sizeOf(batch) <= partSize
    ? [[batch]]
    : verbs
        .filter((verb) => batch[verb].length > 0)
        .map((verb) =>
          cut(inOrder(batch[verb]), partSize).map((some) => ({ create: [], replace: [], [verb]: some })),
        )

/**
 * The batch as Jobs and their pods. A small one is one pod, in order. Of a large one all that policies refer to goes
 * first, in a Job of its own; then the policies, in pods that run at once.
 */
export const planJobs = (batch: Batch, partSize: number): ReadonlyArray<JobPlan> => {
  const groups = sizeOf(batch) <= partSize ? [batch] : stages(batch)
  const planned = groups.filter((group) => sizeOf(group) > 0).flatMap((group) => jobsFor(group, partSize))
  const files = shards(planned.flat()).values()
  return planned.map((plan) => plan.map((part) => ({ batch: part, shards: files.next().value ?? [] })))
}

export const shardsOf = (jobs: ReadonlyArray<JobPlan>): ReadonlyArray<Shard> =>
  jobs.flatMap((groups) => groups.flatMap(({ shards }) => shards))
