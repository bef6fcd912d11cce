import type { Either } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Target } from './port.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One HTTP request to an API server, as plain data. */
export interface ApiRequest {
  readonly method: Method
  /** Absolute, its segments already encoded. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names; credentials are the transport's own. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface ApiResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** No byte of the request left this machine for the server. `transient` when a later attempt may do better. */
export interface NotSent {
  readonly _tag: 'NotSent'
  readonly transient: boolean
  readonly message: string
  readonly hint?: string
}

/** The request may have been read by the server, and no whole reply came. `transient` as above. */
export interface NoReply {
  readonly _tag: 'NoReply'
  readonly transient: boolean
  readonly message: string
}

/** There is no usable configuration to say where the server is. */
export interface NoConfig {
  readonly _tag: 'NoConfig'
  readonly message: string
  readonly hint?: string
}

export type SendFailure = NotSent | NoReply | NoConfig

/** Carries requests to one API server, as one identity. Settles soon after `signal` fires. */
export interface Transport {
  readonly send: (request: ApiRequest, signal: AbortSignal) => Promise<Either<SendFailure, ApiResponse>>
  readonly target: TaskEither<NoConfig, Target>
  /** A kubeconfig file by which another program finds the same server as the same identity. */
  readonly kubeconfig?: TaskEither<NoConfig, string>
  /** Ends idle connections. */
  readonly close: () => void
}
