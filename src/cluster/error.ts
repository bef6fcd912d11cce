import type { Failure } from '../error.js'

interface ClusterFailure<Tag extends string> extends Failure {
  readonly _tag: Tag
  /** What was asked: `create jobs.batch in shop`. Never a body, header or token. */
  readonly request: string
}

/** There is no such object, or its kind is not served. */
export interface NotFound extends ClusterFailure<'NotFound'> {}
/** `create` found an object of that name. */
export interface AlreadyExists extends ClusterFailure<'AlreadyExists'> {}
/** The object is not the one, or no longer the version, that the call named. */
export interface Conflict extends ClusterFailure<'Conflict'> {}
/** The credentials are not accepted (401). */
export interface Unauthenticated extends ClusterFailure<'Unauthenticated'> {}
/** RBAC, or an admission plugin or webhook, says no (403). */
export interface Forbidden extends ClusterFailure<'Forbidden'> {}
/** The server does not accept the object (400, 413, 415, 422). */
export interface Rejected extends ClusterFailure<'Rejected'> {
  readonly status: number
}
/** The server said that it did not do it and that it may later (429, 5xx), until the retries ran out. */
export interface Unavailable extends ClusterFailure<'Unavailable'> {
  readonly status: number
}
/** No connection was made: name, route, TLS. Nothing was sent. */
export interface Unreachable extends ClusterFailure<'Unreachable'> {}
/** The request was sent and the reply did not come whole: a write may or may not have happened. */
export interface Unanswered extends ClusterFailure<'Unanswered'> {}
/** The deadline passed. A write may or may not have happened. */
export interface TimedOut extends ClusterFailure<'TimedOut'> {}
/** The caller's signal fired. A write may or may not have happened. */
export interface Aborted extends ClusterFailure<'Aborted'> {}
/** No usable kubeconfig, or the named context is not in it. */
export interface NoKubeconfig extends ClusterFailure<'NoKubeconfig'> {}

/** Every way a call to a cluster can fail. Closed: match on `_tag`. */
export type ClusterError =
  | NotFound
  | AlreadyExists
  | Conflict
  | Unauthenticated
  | Forbidden
  | Rejected
  | Unavailable
  | Unreachable
  | Unanswered
  | TimedOut
  | Aborted
  | NoKubeconfig
