import type { Failure } from '../error.js'

interface ClusterFailure<Tag extends string> extends Failure {
  readonly _tag: Tag
  /** What was asked: `create jobs.batch in shop`. Never a body, header or token. */
  readonly request: string
}

/** There is no such object; or the namespace to create it in is missing; or its kind is not served. */
export interface NotFound extends ClusterFailure<'NotFound'> {
  readonly missing: 'object' | 'namespace' | 'kind'
}
/** `create` found an object of that name. */
export interface AlreadyExists extends ClusterFailure<'AlreadyExists'> {}
/** The object is not the one, or no longer the version, that the call named. */
export interface Conflict extends ClusterFailure<'Conflict'> {}
/** The credentials are not accepted (401). */
export interface Unauthenticated extends ClusterFailure<'Unauthenticated'> {}
/**
 * The server says no (403). `by` tells who: RBAC on the call itself; RBAC on the rights that a role or binding would
 * hand out; a namespace that is being deleted; or an admission plugin or webhook (quota, Pod Security, policy engines).
 */
export interface Forbidden extends ClusterFailure<'Forbidden'> {
  readonly by: 'rbac' | 'escalation' | 'terminating' | 'admission'
}
/** The server does not accept the object (400, 413, 415, 422). */
export interface Rejected extends ClusterFailure<'Rejected'> {
  readonly status: number
}
/** The server said that it did not do it and that it may later, until the retries ran out. A write did not happen. */
export interface Unavailable extends ClusterFailure<'Unavailable'> {
  readonly status: number
}
/** No connection was made: name, route, TLS. Nothing was sent. */
export interface Unreachable extends ClusterFailure<'Unreachable'> {}
/**
 * The request may have been sent and no usable reply came (connection lost, 5xx on a write, a reply cut short):
 * a write may or may not have happened.
 */
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
