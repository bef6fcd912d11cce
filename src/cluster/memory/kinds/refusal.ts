import { printType } from '../../path.js'
import type { ResourceType } from '../../port.js'
import type { ApiResponse } from '../../transport.js'

interface Cause {
  readonly reason: string
  readonly message: string
  readonly field?: string
}

/** Why the API server does not do what it is asked to, as it tells in a `Status`. */
export interface Refusal {
  readonly code: number
  readonly reason: string
  readonly message: string
  readonly details?: {
    readonly name?: string
    readonly group?: string
    readonly kind?: string
    readonly causes?: ReadonlyArray<Cause>
    readonly retryAfterSeconds?: number
  }
}

const about = (type: ResourceType, name: string) => ({ name, group: type.group, kind: type.resource })

export const notFound = (type: ResourceType, name: string): Refusal => ({
  code: 404,
  reason: 'NotFound',
  message: `${printType(type)} "${name}" not found`,
  details: about(type, name),
})

/** The path leads to no kind that is served. */
export const notServed: Refusal = {
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
  details: {},
}

export const alreadyExists = (type: ResourceType, name: string): Refusal => ({
  code: 409,
  reason: 'AlreadyExists',
  message: `${printType(type)} "${name}" already exists`,
  details: about(type, name),
})

export const conflict = (type: ResourceType, name: string, why: string): Refusal => ({
  code: 409,
  reason: 'Conflict',
  message: `Operation cannot be fulfilled on ${printType(type)} "${name}": ${why}`,
  details: about(type, name),
})

export const stale = (type: ResourceType, name: string): Refusal =>
  conflict(
    type,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  )

export const forbidden = (
  type: ResourceType,
  name: string,
  why: string,
  causes?: ReadonlyArray<Cause>,
): Refusal => ({
  code: 403,
  reason: 'Forbidden',
  message: `${printType(type)}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`,
  details: { ...about(type, name), ...(causes === undefined ? {} : { causes }) },
})

export const badRequest = (message: string): Refusal => ({ code: 400, reason: 'BadRequest', message })

export interface FieldError {
  readonly field: string
  readonly reason:
    | 'Invalid value'
    | 'Required value'
    | 'Forbidden'
    | 'Unsupported value'
    | 'Too long'
    | 'Duplicate value'
  /** With the offending value in front, as Kubernetes does: `"a_b": a lowercase …`. */
  readonly detail: string
}

export const invalid = (type: ResourceType, name: string, errors: ReadonlyArray<FieldError>): Refusal => {
  const { kind } = type
  const causes = errors.map(({ field, reason, detail }) => ({
    reason: `FieldValue${reason.replace(' value', '').replace(/ l/, 'L')}`,
    message: `${reason}: ${detail}`,
    field,
  }))
  const lines = causes.map(({ field, message }) => `${field}: ${message}`)
  return {
    code: 422,
    reason: 'Invalid',
    message: `${kind}${type.group === '' ? '' : `.${type.group}`} "${name}" is invalid: ${lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`}`,
    details: { name, group: type.group, kind, causes },
  }
}

export const json = (status: number, body: unknown): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

export const refuse = ({ code, reason, message, details }: Refusal): ApiResponse => {
  const response = json(code, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  })
  const seconds = details?.retryAfterSeconds
  return seconds === undefined
    ? response
    : { ...response, headers: { ...response.headers, 'retry-after': String(seconds) } }
}
