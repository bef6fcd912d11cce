import * as E from 'fp-ts/lib/Either.js'
import type { CallOptions, Cluster } from '../cluster/port.js'
import { type Verb, verbs } from './batch.js'
import type { Emit } from './event.js'
import { pods } from './types.js'
import type { PodOutcome } from './watch.js'

/** What calicoctl said, by what it was to do. */
export type Said = Readonly<Partial<Record<Verb, string>>>

/** For people only: a kubelet keeps the last 10 MiB of a log. What became of each item is read from the cluster. */
const lines = 20_000

export const readSaid = async (
  cluster: Cluster,
  { pod, exits }: Extract<PodOutcome, { readonly _tag: 'Ended' }>,
  emit: Emit,
  options: CallOptions,
): Promise<Said> => {
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
  return Object.fromEntries(texts)
}

export const joinSaid = (said: Said): string => verbs.flatMap((verb) => said[verb] ?? []).join('\n')
