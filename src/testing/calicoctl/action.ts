import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import type { Arguments } from './arguments.js'
import type { Client } from './client.js'
import type { Failure } from './failure.js'
import { identify, storedType } from './kind.js'

type Result = Promise<E.Either<Failure, KubeObject>>

/** What a command does with one resource. **Source**: `calicoctl/calicoctl/resourcemgr/resourcemgr.go`. */
export type Action = (client: Client, object: KubeObject, sleep: (ms: number) => Promise<void>) => Result

const conflictRetries = 5

const unsupported = (operation: string, what: string, reason: string): E.Either<Failure, never> =>
  E.left({ _tag: 'Unsupported', text: `operation ${operation} is not supported on ${what}: ${reason}` })

const refused = (operation: string, { kind, metadata }: KubeObject): E.Either<Failure, never> | undefined => {
  if (kind === 'ClusterInformation') return unsupported(operation, kind, 'resource is readonly')
  if (kind === 'NetworkPolicy' && metadata.name.startsWith('knp.default.')) {
    const reason = 'kubernetes network policies must be managed through the kubernetes API'
    return unsupported(operation, `${kind}(${metadata.name})`, reason)
  }
  return undefined
}

/** Everything of the stored metadata but labels and annotations, which are the input's. */
const merged = (stored: KubeObject, { metadata, ...object }: KubeObject): KubeObject => {
  const { labels: _, annotations: __, ...kept } = stored.metadata
  const { labels, annotations } = metadata
  return {
    ...object,
    metadata: {
      ...kept,
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
  }
}

const create: Action = async (client, object) => refused('create or apply', object) ?? client.create(object)

const replace: Action = async (client, object, sleep) => {
  const wanted = object.metadata.resourceVersion ?? ''
  for (let attempt = 0; attempt < conflictRetries; attempt += 1) {
    const stored = await client.get(object)
    if (E.isLeft(stored)) return stored
    const { name, namespace, resourceVersion } = stored.right.metadata
    if (wanted !== '' && wanted !== resourceVersion) {
      return E.left({ _tag: 'Conflict', text: `update conflict: ${identify(object.kind, name, namespace)}` })
    }
    const updated = refused('apply or replace', object) ?? (await client.update(merged(stored.right, object)))
    if (wanted !== '' || E.isRight(updated) || updated.left._tag !== 'Conflict') return updated
    await sleep(1000)
  }
  return E.left({ _tag: 'Conflict', text: 'failed to update the resource: %!s(<nil>)' })
}

const apply: Action = async (client, object, sleep) => {
  if (object.kind === 'ClusterInformation') return unsupported('apply', object.kind, 'resource is readonly')
  const { resourceVersion: _, ...metadata } = object.metadata
  const created = await create(client, { ...object, metadata }, sleep)
  const exists = E.isLeft(created) && ['Exists', 'Unsupported'].includes(created.left._tag)
  return exists ? replace(client, object, sleep) : created
}

const remove: Action = async (client, object) => refused('delete', object) ?? client.remove(object)

export const actions: Readonly<Record<string, Action>> = { create, apply, replace, delete: remove }

/** The resource in the namespace that it goes to; or why that cannot be. **Source**: commands/common/resources.go. */
export const placed = (object: KubeObject, { options }: Arguments): E.Either<Failure, KubeObject> => {
  const wanted = options.get('namespace') ?? ''
  const { namespace = '' } = object.metadata
  const fail = (text: string): E.Either<Failure, never> => E.left({ _tag: 'Other', text })
  if (!storedType(object.kind).namespaced) {
    if (namespace !== '') {
      return fail(
        `namespace should not be specified for a non-namespaced resource. ${object.kind} is not a namespaced resource`,
      )
    }
    return wanted === '' ? E.right(object) : fail(`${object.kind} is not namespaced`)
  }
  if (namespace !== '' && wanted !== '' && namespace !== wanted) {
    return fail(`resource namespace does not match client namespace. ${namespace} != ${wanted}`)
  }
  return E.right({ ...object, metadata: { ...object.metadata, namespace: namespace || wanted || 'default' } })
}

/** What a failure of a resource that is skipped comes to. */
export const skips = ({ _tag }: Failure, { options }: Arguments): boolean =>
  (_tag === 'Exists' && options.has('skip-exists')) || (_tag === 'Missing' && options.has('skip-not-exists'))
