import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ClusterError, Forbidden, NotFound } from './error.js'
import { redact } from './redact.js'
import type { ApiResponse } from './transport.js'

/** Kubernetes' `Status`, as far as it tells what went wrong. */
const Status = t.type({
  kind: t.literal('Status'),
  message: t.union([t.string, t.undefined]),
  reason: t.union([t.string, t.undefined]),
  details: t.union([
    t.partial({
      kind: t.string,
      causes: t.array(t.partial({ reason: t.string, message: t.string, field: t.string })),
    }),
    t.undefined,
  ]),
})
type Status = t.TypeOf<typeof Status>

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const statusOf = (response: ApiResponse): Status | undefined => {
  const decoded = Status.decode(parseJson(response.body))
  return E.isRight(decoded) ? decoded.right : undefined
}

const causesOf = (status: Status | undefined): ReadonlyArray<string> =>
  (status?.details?.causes ?? []).flatMap((cause) =>
    cause.message === undefined ? [] : [redact([cause.field, cause.message].filter(Boolean).join(': '))],
  )

const messageOf = (response: ApiResponse, status: Status | undefined): string => {
  const causes = response.status === 422 ? causesOf(status) : []
  if (causes.length > 0) return causes.slice(0, 10).join('; ')
  return redact(status?.message ?? `the server answered ${response.status}`)
}

const whoForbids = (status: Status | undefined): Forbidden['by'] => {
  if (status?.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating')) return 'terminating'
  const message = status?.message ?? ''
  if (message.includes('attempting to grant RBAC permissions not currently held')) return 'escalation'
  return /User ".*" cannot /s.test(message) ? 'rbac' : 'admission'
}

const forbiddenHints: Readonly<Record<Forbidden['by'], string>> = {
  rbac: 'Grant this permission to the identity of your kubeconfig, or use another context.',
  escalation:
    'An identity can only hand out rights that it has: grant it these rights, or the verbs escalate and bind.',
  terminating: 'The namespace is being deleted: wait until it is gone, or use another one.',
  admission: "An admission rule of the cluster refuses this object: the message is the rule's own.",
}

const whatIsMissing = (status: Status | undefined, creating: boolean): NotFound['missing'] => {
  if (status?.details?.kind === undefined) return 'kind'
  return creating && status.details.kind === 'namespaces' ? 'namespace' : 'object'
}

const missingHints: Readonly<Record<NotFound['missing'], string | undefined>> = {
  object: undefined,
  namespace: 'Create the namespace first.',
  kind: 'The server does not serve this kind or version: is the component that provides it installed?',
}

/** What was asked, in words for a person, and whether it could have changed anything. */
export interface Asked {
  readonly request: string
  readonly write: boolean
  readonly creating: boolean
}

/** The hint as a field, when there is one. */
export const hinted = (hint: string | undefined): { readonly hint?: string } =>
  hint === undefined ? {} : { hint }

/** The error that a response other than a success means, once retries are over. */
export const refusal = (response: ApiResponse, { request, write, creating }: Asked): ClusterError => {
  const status = statusOf(response)
  const told = { request, message: `${request}: ${messageOf(response, status)}` }
  switch (response.status) {
    case 401:
      return {
        _tag: 'Unauthenticated',
        ...told,
        hint: 'The server does not accept the credentials: log in again, or check the user of the context.',
      }
    case 403: {
      const by = whoForbids(status)
      return { _tag: 'Forbidden', ...told, by, hint: forbiddenHints[by] }
    }
    case 404: {
      const missing = whatIsMissing(status, creating)
      return { _tag: 'NotFound', ...told, missing, ...hinted(missingHints[missing]) }
    }
    case 409:
      return status?.reason === 'AlreadyExists'
        ? { _tag: 'AlreadyExists', ...told }
        : {
            _tag: 'Conflict',
            ...told,
            hint: 'Read the object again, then decide whether the change still applies.',
          }
    case 429:
      return { _tag: 'Unavailable', ...told, status: 429, hint: 'The server is overloaded: try again later.' }
    default:
      if (response.status < 500) return { _tag: 'Rejected', ...told, status: response.status }
      return write && !declined(response)
        ? { _tag: 'Unanswered', ...told, hint: 'Read the object to see whether the write took effect.' }
        : {
            _tag: 'Unavailable',
            ...told,
            status: response.status,
            hint: 'Check the health of the API server.',
          }
  }
}

/** Whether the server says that it did not do it, and to come back: safe to send again whatever was asked. */
export const declined = (response: ApiResponse): boolean =>
  response.status === 429 || (response.status === 503 && retryAfterMs(response) !== undefined)

/** The header Retry-After, given in seconds. */
export const retryAfterMs = (response: ApiResponse): number | undefined => {
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}
