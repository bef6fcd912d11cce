import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { parseJson } from '../../cluster/reply.js'
import type { ApiResponse } from '../../cluster/transport.js'

/** Why calicoctl could not do something with one resource. `text` is what it prints. */
export interface Failure {
  readonly _tag: 'Exists' | 'Missing' | 'Conflict' | 'Unsupported' | 'Other'
  readonly text: string
}

const Status = t.type({ message: t.string })

const messageOf = ({ body, status }: ApiResponse): string => {
  const decoded = Status.decode(parseJson(body))
  return E.isRight(decoded) ? decoded.right.message : `the server returned ${status}`
}

/** The API server's refusal in Calico's words. **Source**: `libcalico-go/lib/backend/k8s/resources/errors.go`. */
export const failureOf = (response: ApiResponse, identity: string): Failure => {
  const message = messageOf(response)
  const missing: Failure = {
    _tag: 'Missing',
    text: `resource does not exist: ${identity} with error: ${message}`,
  }
  switch (response.status) {
    case 401:
    case 403:
      return { _tag: 'Other', text: `connection is unauthorized: ${message}` }
    case 404:
      return missing
    case 409: {
      if (message.endsWith('already exists'))
        return { _tag: 'Exists', text: `resource already exists: ${identity}` }
      if (message.includes('UID in precondition')) return missing
      return { _tag: 'Conflict', text: `update conflict: ${identity}` }
    }
    default:
      return { _tag: 'Other', text: message }
  }
}

export const invalidField = (field: string, value: string, reason: string): Failure => ({
  _tag: 'Other',
  text: `error with field ${field} = '${value}' (${reason})`,
})
