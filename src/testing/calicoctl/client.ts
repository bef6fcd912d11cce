import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../check/check.js'
import { decodePage } from '../../cluster/list.js'
import type { ProgramRun } from '../../cluster/memory.js'
import { decodeObject } from '../../cluster/object.js'
import { collectionPath, objectPath } from '../../cluster/path.js'
import type { KubeObject, ObjectList, Ref } from '../../cluster/port.js'
import { parseJson } from '../../cluster/reply.js'
import { apiVersionOf } from '../../cluster/resource-types.js'
import type { ApiResponse, Method } from '../../cluster/transport.js'
import { minorOf } from '../../model/calico-version.js'
import { isTiered } from '../../model/kind.js'
import { decode } from '../../model/resource.js'
import { completeSpec } from '../../model/storage/complete.js'
import { tierOf } from '../calico/tier.js'
import { type Failure, failureOf, invalidField } from './failure.js'
import { identify } from './kind.js'
import type { Layout } from './layout.js'
import { overlapOf } from './pool-overlap.js'

type Result<A> = Promise<E.Either<Failure, A>>

/** Calico's client on the Kubernetes API. **Source**: `libcalico-go/lib/clientv3`, `libcalico-go/lib/backend/k8s`. */
export interface Client {
  readonly get: (object: KubeObject) => Result<KubeObject>
  readonly list: (kind: string, namespace: string | undefined) => Result<ObjectList>
  readonly create: (object: KubeObject) => Result<KubeObject>
  readonly update: (object: KubeObject) => Result<KubeObject>
  readonly remove: (object: KubeObject) => Result<KubeObject>
}

/** **Source**: `libcalico-go/lib/validator/v3/validator.go`. */
const validated = (
  object: KubeObject,
  version: string,
  command: 'create' | 'replace',
): E.Either<Failure, KubeObject> => {
  // It is the client's next step that looks at the resourceVersion.
  const { resourceVersion: _, ...metadata } = object.metadata
  const resource = decode({ ...object, metadata })
  if (E.isLeft(resource)) return E.right(object)
  const checked = check(resource.right, { calico: version, command })
  if (E.isRight(checked)) return E.right(object)
  const fields = checked.left.issues.map(({ path, message }) => `${path.join('.')} (${message})`)
  const text =
    fields.length === 1
      ? `error with field ${fields[0]}`
      : `error with the following fields:\n${fields.map((field) => `-  ${field}\n`).join('')}`
  return E.left({ _tag: 'Other', text })
}

/** The resource as Calico's client completes it before it writes. */
const completed = (object: KubeObject, version: string): KubeObject => ({
  ...object,
  spec: completeSpec(object.kind, object.spec, version),
})

export const createClient = (
  run: ProgramRun,
  version: string,
  { typeOf, storedName, toStored, fromStored }: Layout,
  now: () => string,
): Client => {
  const refOf = ({ kind, metadata: { name, namespace } }: KubeObject): Ref => {
    const named = { type: typeOf(kind), name: storedName(kind, name) }
    return namespace === undefined ? named : { ...named, namespace }
  }

  const send = (method: Method, path: string, body?: unknown): Promise<ApiResponse> =>
    run.send({
      method,
      path,
      query: {},
      headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'calicoctl' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const ask = async (
    method: Method,
    object: KubeObject,
    path: E.Either<string, string>,
    body?: unknown,
  ): Result<KubeObject> => {
    const ref = refOf(object)
    const identity = identify(object.kind, ref.name, ref.namespace)
    if (E.isLeft(path)) return E.left(invalidField('Metadata.Name', ref.name, path.left))
    const response = await send(method, path.right, body)
    if (response.status >= 400) return E.left(failureOf(response, identity))
    const decoded = decodeObject(ref.type, parseJson(response.body))
    return E.isRight(decoded) ? E.right(fromStored(decoded.right)) : E.left({ _tag: 'Other', text: identity })
  }

  const get: Client['get'] = (object) => ask('GET', object, objectPath(refOf(object)))

  const list: Client['list'] = async (kind, namespace) => {
    const type = typeOf(kind)
    const path = collectionPath(type, namespace)
    if (E.isLeft(path)) return E.left({ _tag: 'Other', text: path.left })
    const response = await send('GET', path.right)
    if (response.status >= 400) return E.left(failureOf(response, kind))
    const page = decodePage(type)(parseJson(response.body))
    return E.isRight(page)
      ? E.right({ ...page.right, items: page.right.items.map(fromStored) })
      : E.left({ _tag: 'Other', text: `a list of ${kind} cannot be read` })
  }

  /** What is read before a resource is created: the tier of a policy; other pools, and the blocks of addresses. */
  const lookUp = async (object: KubeObject): Result<unknown> => {
    const { apiVersion, kind } = object
    if (isTiered(kind) && minorOf(version) >= 29)
      return get({ apiVersion, kind: 'Tier', metadata: { name: tierOf(object) } })
    if (kind !== 'IPPool') return E.right(undefined)
    const pools = await list(kind, undefined)
    if (E.isLeft(pools)) return pools
    const overlap = overlapOf(object, pools.right.items)
    return overlap === undefined ? list('IPAMBlock', undefined) : E.left(overlap)
  }

  return {
    get,
    list,
    create: async (object) => {
      const full = completed(object, version)
      const looked = await lookUp(full)
      if (E.isLeft(looked)) return looked
      const valid = validated(full, version, 'create')
      if (E.isLeft(valid)) return valid
      const { name, namespace, resourceVersion = '', labels, annotations } = full.metadata
      if (resourceVersion !== '') {
        return E.left(
          invalidField(
            'Metadata.ResourceVersion',
            resourceVersion,
            'field must not be set for a Create request',
          ),
        )
      }
      const metadata = {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        creationTimestamp: now(),
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
      }
      const { type } = refOf(object)
      const stored = toStored({ ...full, metadata }, apiVersionOf(type))
      return ask('POST', object, collectionPath(type, namespace), stored)
    },
    update: async (object) => {
      const full = completed(object, version)
      const valid = validated(full, version, 'replace')
      if (E.isLeft(valid)) return valid
      const ref = refOf(object)
      return ask('PUT', object, objectPath(ref), toStored(full, apiVersionOf(ref.type)))
    },
    remove: async (object) => {
      const existing = await get(object)
      if (E.isLeft(existing)) return existing
      const ref = refOf(object)
      const path = objectPath(ref)
      if (E.isLeft(path)) return existing
      const response = await send('DELETE', path.right, {
        kind: 'DeleteOptions',
        apiVersion: apiVersionOf(ref.type),
      })
      return response.status >= 400
        ? E.left(failureOf(response, identify(object.kind, ref.name, ref.namespace)))
        : existing
    },
  }
}
