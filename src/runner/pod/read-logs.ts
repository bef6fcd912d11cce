import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import { pods } from '../../cluster/resource-types.js'
import type { Saying } from '../calicoctl/output.js'
import type { Emit } from '../event.js'
import { type Batch, verbs } from '../plan/batch.js'
import type { EndedPod } from './job-status.js'

/** For people only: a kubelet keeps the last 10 MiB of a log. What became of each item is read from the cluster. */
const lines = 20_000

/** What the pod said that was given this batch. */
export const readSaying = async (
  cluster: Cluster,
  { pod, exits }: EndedPod,
  batch: Batch,
  emit: Emit,
  options: CallOptions,
): Promise<Saying> => {
  const { name, namespace = 'default' } = pod.metadata
  const ended = verbs.filter((verb) => exits.some(({ container }) => container === verb))
  const texts = await Promise.all(
    ended.map(async (verb) => {
      const wanted = { ...options, container: verb, tailLines: lines }
      const log = await cluster.logs({ type: pods, namespace, name }, wanted)()
      const text = E.isRight(log) ? log.right : ''
      if (text !== '') emit({ _tag: 'Said', container: verb, text })
      return [verb, text] as const
    }),
  )
  return { batch, texts: Object.fromEntries(texts) }
}
