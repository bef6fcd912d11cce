import * as E from 'fp-ts/lib/Either.js'
import { apiVersionOf, decodeObject } from '../object.js'
import type { KubeObject } from '../port.js'
import { parseJson } from '../reply.js'
import type { ApiRequest } from '../transport.js'
import type { Route } from './route.js'
import { badRequest, type Refusal } from './status.js'
import { record } from './strategy.js'

export const bodyLimit = 3 * 1024 * 1024

/** The object in the body, which must be of the kind, name and namespace that the path says. */
export const bodyOf = (
  { body = '' }: ApiRequest,
  { type, namespace, name, verb }: Route,
): E.Either<Refusal, KubeObject> => {
  const value = parseJson(body)
  const { apiVersion, kind } = record(value)
  if (apiVersion !== apiVersionOf(type) || kind !== type.kind) {
    const given = `${apiVersion ?? 'no apiVersion'}, ${kind ?? 'no kind'}`
    return E.left(
      badRequest(`the object provided is of ${given}; expected ${apiVersionOf(type)}, ${type.kind}`),
    )
  }
  const decoded = decodeObject(type, value)
  if (E.isLeft(decoded))
    return E.left(badRequest(`${type.kind} cannot be handled: its metadata is malformed`))
  const { metadata } = decoded.right
  if ((metadata.namespace ?? namespace) !== namespace) {
    return E.left(
      badRequest('the namespace of the provided object does not match the namespace sent on the request'),
    )
  }
  if (verb !== 'create' && metadata.name !== name) {
    return E.left(
      badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`),
    )
  }
  const home = namespace === undefined ? {} : { namespace }
  return E.right({ ...decoded.right, metadata: { ...metadata, ...home } })
}
