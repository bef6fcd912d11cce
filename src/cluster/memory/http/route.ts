import * as E from 'fp-ts/lib/Either.js'
import { decodeObject } from '../../object.js'
import type { KubeObject } from '../../port.js'
import { parseJson } from '../../reply.js'
import { apiVersionOf } from '../../resource-types.js'
import type { ApiRequest } from '../../transport.js'
import { record } from '../kinds/json.js'
import { badRequest, type Refusal } from '../kinds/refusal.js'
import { accessReview, type ServedType } from '../kinds/served-type.js'

/** What a request is about, as read from its method and path. */
export interface Route {
  readonly type: ServedType
  readonly verb: 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'watch'
  readonly namespace: string | undefined
  /** The namespace in which RBAC looks for the right. */
  readonly scope: string | undefined
  /** Empty for lists and creates. */
  readonly name: string
  /** `status`, `log`; empty for the object itself. */
  readonly subresource: string
}

const verbs: Readonly<Record<ApiRequest['method'], Route['verb']>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

const pattern =
  /^\/(?:api|apis\/([^/]+))\/(v[^/]+)(?:\/namespaces\/([^/]+)(?=\/[^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/

// `/api/v1/namespaces/NAME` and its status are about the namespace itself, not about kinds in it.
const namespacePattern = /^\/api\/(v1)\/(namespaces)\/([^/]+)(?:\/(status|finalize))?$/

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Undefined when no kind that is served is there. */
export const routeOf = (
  { method, path, query }: ApiRequest,
  served: ReadonlyArray<ServedType>,
): Route | undefined => {
  const own = namespacePattern.exec(path)
  const [, group = '', version, namespace, resource, name = '', subresource = ''] =
    own === null ? (pattern.exec(path) ?? []) : ['', '', own[1], undefined, own[2], own[3], own[4]]
  const type = [...served, accessReview].find(
    (one) => one.group === group && one.version === version && one.resource === resource,
  )
  if (type === undefined || (!type.namespaced && namespace !== undefined)) return undefined
  const listing = method === 'GET' && name === ''
  return {
    type,
    verb: listing ? (query.watch === 'true' || query.watch === '1' ? 'watch' : 'list') : verbs[method],
    namespace: namespace === undefined ? undefined : decode(namespace),
    // To RBAC, one namespace is something in that namespace.
    scope: own === null ? (namespace === undefined ? undefined : decode(namespace)) : decode(name),
    name: decode(name),
    subresource,
  }
}

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
