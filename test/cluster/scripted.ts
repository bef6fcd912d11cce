import * as E from 'fp-ts/lib/Either.js'
import { type RestOptions, restCluster } from '../../src/cluster/rest.js'
import type { ApiRequest, ApiResponse, SendFailure, Transport } from '../../src/cluster/transport.js'

export type Reply = E.Either<SendFailure, ApiResponse> | 'never'

export const answer = (
  status: number,
  body: unknown = {},
  headers: Readonly<Record<string, string>> = {},
): Reply => E.right({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })

export const status = (
  code: number,
  reason: string,
  message: string,
  details: object = {},
  headers: Readonly<Record<string, string>> = {},
): Reply =>
  answer(
    code,
    { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details },
    headers,
  )

export const lost: Reply = E.left({ _tag: 'NoReply', transient: true, message: 'the reply was cut off' })
export const refused: Reply = E.left({ _tag: 'NotSent', transient: true, message: 'cannot connect' })
export const mistrusted: Reply = E.left({ _tag: 'NotSent', transient: false, message: 'not trusted' })

export const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'shop', uid: 'u', resourceVersion: '7' },
}

/** A transport that gives these replies one after the other, and the last one for ever; and what it was asked. */
export const scripted = (...replies: ReadonlyArray<Reply>) => {
  const requests: ApiRequest[] = []
  const transport: Transport = {
    send: async (request) => {
      const reply = replies[Math.min(requests.length, replies.length - 1)] ?? 'never'
      requests.push(request)
      return reply === 'never' ? new Promise(() => {}) : reply
    },
    target: async () => E.right({ description: 'scripted', namespace: 'default' }),
    close: () => {},
  }
  return { requests, transport }
}

/** A cluster behind such a transport. */
export const scriptedCluster = (options: RestOptions, ...replies: ReadonlyArray<Reply>) => {
  const { requests, transport } = scripted(...replies)
  return { requests, cluster: restCluster(transport, options) }
}
