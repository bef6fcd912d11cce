import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { CallOptions, Cluster } from '../cluster/port.js'
import { events } from './types.js'

const Warning = t.type({
  involvedObject: t.type({ name: t.string }),
  reason: t.string,
  message: t.string,
})

/** What the cluster warns of about a Job and its pods: the last five. None where events cannot be read. */
export const warningsAbout = async (
  cluster: Cluster,
  namespace: string,
  jobName: string,
  options: CallOptions,
): Promise<ReadonlyArray<string>> => {
  const listed = await cluster.list(events, { ...options, namespace, fieldSelector: 'type=Warning' })()
  if (E.isLeft(listed)) return []
  return listed.right.items
    .flatMap((event) => {
      const decoded = Warning.decode(event)
      return E.isRight(decoded) && decoded.right.involvedObject.name.startsWith(jobName)
        ? [`${decoded.right.reason}: ${decoded.right.message}`.slice(0, 400)]
        : []
    })
    .slice(-5)
}
