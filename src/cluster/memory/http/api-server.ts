import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { parseJson } from '../../reply.js'
import type { ApiRequest, ApiResponse } from '../../transport.js'
import { checkEscalation } from '../admission/escalation.js'
import type { Guard } from '../admission/guard.js'
import { denial, isAllowed, reviewAccess } from '../admission/rbac.js'
import { badRequest, json, notFound, notServed, type Refusal, refuse } from '../kinds/refusal.js'
import { accessReview } from '../kinds/served-type.js'
import type { User } from '../kinds/user.js'
import { DeleteOptions } from '../registry/deletes.js'
import type { Registry } from '../registry/registry.js'
import type { Lists } from './lists.js'
import { bodyLimit, bodyOf, type Route, routeOf } from './route.js'
import { discoveryAt } from './serve-discovery.js'

/** The log of a container, as the kubelet has it. */
export type ReadLog = (pod: KubeObject, container: string | undefined) => E.Either<Refusal, string>

/** Answers one request, from one user. */
type Handle = (request: ApiRequest, user: User) => ApiResponse

type Reply<A = unknown> = E.Either<Refusal, A>

const tooLarge: Refusal = {
  code: 413,
  reason: 'RequestEntityTooLarge',
  message: `Request entity too large: limit is ${bodyLimit}`,
}

const notHere = (what: string): Refusal => ({
  code: 405,
  reason: 'MethodNotAllowed',
  message: `${what} is not served here`,
})

const unsupported = (accepted: string): Refusal => ({
  code: 415,
  reason: 'UnsupportedMediaType',
  message: `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
})

const tail = (text: string, lines: string | undefined): string => {
  if (lines === undefined) return text
  const all = text.replace(/\n$/, '').split('\n')
  return all.slice(Math.max(0, all.length - Number(lines))).join('\n') + (text.endsWith('\n') ? '\n' : '')
}

/** The API server: routing, authorisation, and the verbs over the registry. */
export const createApiServer = (registry: Registry, lists: Lists, readLog: ReadLog, guard: Guard): Handle => {
  const { store } = registry

  const unwelcome = (user: User, verb: 'create' | 'update', { type }: Route, object: KubeObject) =>
    checkEscalation(store, user, type, object) ?? guard(user, verb, type, object)

  const get = ({ type, namespace, name }: Route): Reply<KubeObject> =>
    E.fromNullable(notFound(type, name))(store.get(type, namespace, name))

  const put = (request: ApiRequest, route: Route, user: User): Reply => {
    const object = bodyOf(request, route)
    if (E.isLeft(object)) return object
    const verb = route.verb === 'create' ? 'create' : 'update'
    const refusal = unwelcome(user, verb, route, object.right)
    if (refusal !== undefined) return E.left(refusal)
    const options = {
      dryRun: request.query.dryRun === 'All',
      manager: request.query.fieldManager ?? request.headers['user-agent']?.split('/')[0] ?? 'unknown',
      status: route.subresource === 'status',
    }
    return verb === 'create'
      ? registry.create(route.type, object.right, options)
      : registry.update(route.type, object.right, options)
  }

  const remove = (request: ApiRequest, { type, namespace, name }: Route, user: User): Reply => {
    const object = store.get(type, namespace, name)
    const refusal = object && guard(user, 'delete', type, object)
    if (refusal !== undefined) return E.left(refusal)
    const { dryRun, propagationPolicy } = request.query
    const asked = {
      ...(dryRun === undefined ? {} : { dryRun: [dryRun] }),
      ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    }
    // With a body, the query does not count.
    const body = request.body ?? ''
    const options = body === '' ? E.right(asked) : DeleteOptions.decode(parseJson(body))
    if (E.isLeft(options)) return E.left(badRequest('DeleteOptions cannot be decoded'))
    const removed = registry.remove(type, namespace, name, options.right)
    if (E.isLeft(removed)) return removed
    const gone = store.get(type, namespace, name) === undefined
    return E.right(
      gone
        ? {
            kind: 'Status',
            apiVersion: 'v1',
            metadata: {},
            status: 'Success',
            details: { name, group: type.group, kind: type.resource, uid: removed.right.metadata.uid },
          }
        : removed.right,
    )
  }

  const answer = (request: ApiRequest, route: Route, user: User): Reply => {
    if (route.type === accessReview) return reviewAccess(store, user, parseJson(request.body ?? ''))
    switch (route.verb) {
      case 'list':
        return lists.page(route.type, route.namespace, request.query)
      case 'get':
        return get(route)
      case 'create':
      case 'update':
        return put(request, route, user)
      case 'delete':
        return remove(request, route, user)
      case 'patch':
        return E.left(notHere('patching'))
      case 'watch':
        return E.left(notHere('watching'))
    }
  }

  const log = (request: ApiRequest, route: Route): ApiResponse => {
    const pod = get(route)
    if (E.isLeft(pod)) return refuse(pod.left)
    const text = readLog(pod.right, request.query.container)
    if (E.isLeft(text)) return refuse(text.left)
    const bytes = Buffer.from(tail(text.right, request.query.tailLines))
    const cut =
      request.query.limitBytes === undefined ? bytes : bytes.subarray(0, Number(request.query.limitBytes))
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: cut.toString() }
  }

  return (request, user) => {
    const discovered = request.method === 'GET' ? discoveryAt(request.path, registry.served()) : undefined
    if (discovered !== undefined) return json(200, discovered)
    const route = routeOf(request, registry.served())
    if (route === undefined) return refuse(notServed)
    if (/protobuf/.test(request.headers['content-type'] ?? '')) return refuse(unsupported('application/json'))
    if (Buffer.byteLength(request.body ?? '') > bodyLimit) return refuse(tooLarge)
    const { type, verb, scope: namespace, name, subresource } = route
    const resource = subresource === '' ? type.resource : `${type.resource}/${subresource}`
    const wanted = { verb, group: type.group, resource, namespace, name }
    if (type !== accessReview && !isAllowed(store, user, wanted)) {
      const details = { name, group: type.group, kind: type.resource }
      return refuse({ code: 403, reason: 'Forbidden', message: denial(user, wanted), details })
    }
    if (subresource === 'log') return log(request, route)
    const reply = answer(request, route, user)
    return E.isLeft(reply) ? refuse(reply.left) : json(verb === 'create' ? 201 : 200, reply.right)
  }
}
