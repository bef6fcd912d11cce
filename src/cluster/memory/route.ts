import type { ApiRequest } from '../transport.js'
import { accessReview, type ServedType } from './served-type.js'

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
