import * as E from 'fp-ts/lib/Either.js'
import { attempts, type RetryPolicy } from './attempts.js'
import type { ClusterError } from './error.js'
import type { CallOptions } from './port.js'
import { type Asked, parseJson } from './reply.js'
import type { ApiRequest, Method, Transport } from './transport.js'

/** One call of a `Cluster`, before it is a request. */
export interface Question {
  readonly method: Method
  /** For people: `create jobs.batch x in shop`. */
  readonly request: string
  /** `Left` when a name does not fit into a path: then nothing is sent. */
  readonly path: E.Either<string, string>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** Whether it can change what the server stores. By default all but GET can. */
  readonly write?: boolean
  readonly options: CallOptions | undefined
}

export type Answer<A> = Promise<E.Either<ClusterError, A>>
export type Ask = <A>(question: Question, decode: (text: string) => E.Either<unknown, A>) => Answer<A>

const present = (query: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )

const requestOf = ({ method, query, body, options }: Question, path: string): ApiRequest => {
  const shared = {
    method,
    path,
    query: present({ ...query, dryRun: method !== 'GET' && options?.dryRun === true ? 'All' : undefined }),
  }
  if (body === undefined) return { ...shared, headers: { accept: 'application/json' } }
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  return { ...shared, headers, body: JSON.stringify(body) }
}

/** Sends questions over `transport`, and makes either an answer or a `ClusterError` of what comes back. */
export const asking =
  (transport: Transport, policy: RetryPolicy): Ask =>
  async (question, decode) => {
    const { request, method, options, path } = question
    if (E.isLeft(path)) {
      const message = `${request}: ${path.left}; nothing was sent`
      return E.left({ _tag: 'Rejected', request, message, status: 422 })
    }
    const asked: Asked = {
      request,
      write: (question.write ?? method !== 'GET') && options?.dryRun !== true,
      creating: method === 'POST',
    }
    const call = { request: requestOf(question, path.right), asked, signal: options?.signal }
    const reply = await attempts(transport, policy, call)
    if (E.isLeft(reply)) return reply
    const decoded = decode(reply.right.body)
    if (E.isRight(decoded)) return decoded
    const message = `${request}: the reply is not from a Kubernetes API server`
    const hint = 'Does the address lead to a proxy or a login page?'
    return E.left({ _tag: 'Unanswered', request, message, hint })
  }

/** A decoder of texts, from one of JSON values. */
export const json =
  <A>(decode: (value: unknown) => E.Either<unknown, A>) =>
  (text: string): E.Either<unknown, A> =>
    decode(parseJson(text))
