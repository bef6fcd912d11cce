import * as E from 'fp-ts/lib/Either.js'
import type { Cluster } from '../../src/cluster/port.js'
import { type RestOptions, restCluster } from '../../src/cluster/rest.js'
import type { ApiRequest, ApiResponse, SendFailure, Transport } from '../../src/cluster/transport.js'
import type { MemoryCluster } from '../../src/testing/index.js'

/** What to do in place of sending a request: nothing special, an answer of one's own, or no answer at all. */
export type Intercept = (
  request: ApiRequest,
  send: () => Promise<ApiResponse>,
) => Promise<ApiResponse | 'no reply' | undefined> | undefined

const noReply: E.Either<SendFailure, never> = E.left({
  _tag: 'NoReply',
  transient: true,
  message: 'the connection was lost',
})

/** The in-memory cluster as a client sees it whose requests pass through `intercept`; as `user`, if one is named. */
export const intercepted = (
  cluster: MemoryCluster,
  intercept: Intercept,
  options: RestOptions & { readonly user?: string } = {},
): Cluster => {
  const transport = cluster.server.transport(options.user)
  const send: Transport['send'] = async (request) => {
    const answer = await intercept(request, () => cluster.server.handle(request, options.user))
    if (answer === 'no reply') return noReply
    return E.right(answer ?? (await cluster.server.handle(request, options.user)))
  }
  return restCluster({ ...transport, send }, { retryForMs: 300, ...options })
}

export const line = ({ method, path }: ApiRequest): string => `${method} ${path}`

/** Whether a request may change what the cluster stores: reviews are answers. */
export const isWrite = ({ method, path, query }: ApiRequest): boolean =>
  method !== 'GET' && !path.endsWith('selfsubjectaccessreviews') && query.dryRun === undefined

/** A cluster that keeps count of the writes that come to it. */
export const recorded = (
  cluster: MemoryCluster,
): { readonly cluster: Cluster; readonly writes: string[] } => {
  const writes: string[] = []
  const recording = intercepted(cluster, (request) => {
    if (isWrite(request)) writes.push(line(request))
    return undefined
  })
  return { cluster: recording, writes }
}

export const status = (code: number, reason: string, message: string): ApiResponse => ({
  status: code,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message,
    details: {},
  }),
})
