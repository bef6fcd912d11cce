import * as E from 'fp-ts/lib/Either.js'
import type { ClusterError } from './error.js'
import { type Asked, declined, hinted, refusal, retryAfterMs } from './reply.js'
import { stopped } from './stopped.js'
import type { ApiRequest, ApiResponse, SendFailure, Transport } from './transport.js'

export interface RetryPolicy {
  /** No new attempt is made when so many milliseconds have passed since the first. */
  readonly retryForMs: number
  /** One attempt without a reply is given up after so many milliseconds. */
  readonly attemptMs: number
}

interface ClusterCall {
  readonly request: ApiRequest
  readonly asked: Asked
  readonly signal: AbortSignal | undefined
}

const firstPauseMs = 100
const longestPauseMs = 5_000

const isDone = ({ status }: ApiResponse): boolean => status >= 200 && status < 300

const failureOf = (failure: SendFailure, { request, write }: Asked): ClusterError => {
  const told = { request, message: `${request}: ${failure.message}` }
  switch (failure._tag) {
    case 'NoConfig':
      return { _tag: 'NoKubeconfig', ...told, ...hinted(failure.hint) }
    case 'NotSent':
      return { _tag: 'Unreachable', ...told, ...hinted(failure.hint) }
    case 'NoReply':
      return {
        _tag: 'Unanswered',
        ...told,
        ...hinted(write ? 'Read the object to see whether the write took effect.' : undefined),
      }
  }
}

/** How long to wait at least before sending the same again; undefined when that is not safe or of no use. */
const pauseBeforeRetry = (
  result: E.Either<SendFailure, ApiResponse>,
  { write }: Asked,
): number | undefined => {
  if (E.isLeft(result)) {
    const { left } = result
    if (left._tag === 'NoConfig' || !left.transient) return undefined
    return left._tag === 'NotSent' || !write ? 0 : undefined
  }
  const response = result.right
  const again = declined(response) || (!write && [500, 502, 503, 504].includes(response.status))
  return again ? (retryAfterMs(response) ?? 0) : undefined
}

/**
 * What `work` gives; or undefined after `ms` or when the signal fires. `work` sees either as its signal, and its
 * answer to that still counts when it comes at once.
 */
const within = async <A>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<A>,
): Promise<A | undefined> => {
  const attempt = new AbortController()
  const end = (): void => attempt.abort(signal?.reason)
  const over = new Promise<undefined>((resolve) =>
    attempt.signal.addEventListener('abort', () => setImmediate(resolve, undefined), { once: true }),
  )
  const timer = setTimeout(end, ms)
  signal?.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([work(attempt.signal), over])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  }
}

const sleep = (ms: number, signal: AbortSignal | undefined): Promise<unknown> =>
  within(ms, signal, () => new Promise<never>(() => {}))

/** Sends until there is an answer to hand on: again only where that is safe, only as long as the policy and signal allow. */
export const attempts = async (
  transport: Transport,
  policy: RetryPolicy,
  { request, asked, signal }: ClusterCall,
): Promise<E.Either<ClusterError, ApiResponse>> => {
  const giveUpAt = Date.now() + policy.retryForMs
  for (let attempt = 0; ; attempt += 1) {
    if (signal?.aborted) return E.left(stopped(signal, asked.request))
    const result: E.Either<SendFailure, ApiResponse> =
      (await within(policy.attemptMs, signal, (each) => transport.send(request, each))) ??
      E.left({ _tag: 'NoReply', transient: true, message: `no reply within ${policy.attemptMs / 1000} s` })
    if (E.isRight(result) && isDone(result.right)) return result
    if (signal?.aborted) return E.left(stopped(signal, asked.request))
    const atLeast = pauseBeforeRetry(result, asked)
    const backoff = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt) * (0.5 + Math.random() / 2)
    const pause = Math.max(atLeast ?? 0, backoff)
    if (atLeast === undefined || Date.now() + pause > giveUpAt) {
      return E.left(E.isLeft(result) ? failureOf(result.left, asked) : refusal(result.right, asked))
    }
    await sleep(pause, signal)
  }
}
