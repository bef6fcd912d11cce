import * as E from 'fp-ts/lib/Either.js'
import { pods } from '../../cluster/resource-types.js'
import type { CalicoctlOutput } from '../calicoctl/output.js'
import { type Batch, verbs } from '../plan/batch.js'
import type { CallContext } from '../run-context.js'
import type { EndedPod } from './job-status.js'

/** For people only: a kubelet keeps the last 10 MiB of a log. What became of each item is read from the cluster. */
const lines = 20_000

/** What calicoctl printed in the pod that was given this batch. */
export const readOutput = async (
  { cluster, emit, signal }: CallContext,
  { pod, exits }: EndedPod,
  batch: Batch,
): Promise<CalicoctlOutput> => {
  const { name, namespace = 'default' } = pod.metadata
  const ended = verbs.filter((verb) => exits.some(({ container }) => container === verb))
  const texts = await Promise.all(
    ended.map(async (verb) => {
      const wanted = { signal, container: verb, tailLines: lines }
      const log = await cluster.logs({ type: pods, namespace, name }, wanted)()
      const text = E.isRight(log) ? log.right : ''
      if (text !== '') emit({ _tag: 'Said', container: verb, text })
      return [verb, text] as const
    }),
  )
  return { batch, texts: Object.fromEntries(texts) }
}
