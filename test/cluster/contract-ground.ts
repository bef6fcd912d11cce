import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import * as assert from 'uvu/assert'
import type { ClusterError } from '../../src/cluster/error.js'
import type {
  Cluster,
  KubeObject,
  OwnerReference,
  Preconditions,
  Ref,
  ResourceType,
} from '../../src/cluster/port.js'
import { explain } from '../../src/error.js'

/** A cluster to state facts about. */
export interface Ground {
  /** As an administrator. */
  readonly cluster: Cluster
  /** The same, with lists in pages of so many objects. */
  readonly paged: (pageSize: number) => Cluster
  /** The same, as another user. */
  readonly as: (user: string) => Cluster
  /** An image of busybox that the cluster has. */
  readonly busybox: string
}

/** The ground, with a namespace of its own for one fact. */
export interface World extends Ground {
  readonly namespace: string
}

export type Fact = (name: string, test: (world: World) => Promise<void>) => void

export const type = (
  group: string,
  resource: string,
  kind: string,
  namespaced = true,
  version = 'v1',
): ResourceType => ({ group, version, resource, kind, namespaced })

export const namespaces = type('', 'namespaces', 'Namespace', false)
export const configMaps = type('', 'configmaps', 'ConfigMap')
export const serviceAccounts = type('', 'serviceaccounts', 'ServiceAccount')
export const pods = type('', 'pods', 'Pod')
export const events = type('', 'events', 'Event')
export const jobs = type('batch', 'jobs', 'Job')
export const roles = type('rbac.authorization.k8s.io', 'roles', 'Role')
export const roleBindings = type('rbac.authorization.k8s.io', 'rolebindings', 'RoleBinding')
export const clusterRoles = type('rbac.authorization.k8s.io', 'clusterroles', 'ClusterRole', false)
export const calicoPolicies = type('crd.projectcalico.org', 'networkpolicies', 'NetworkPolicy')

export const object = (
  { group, version, kind }: ResourceType,
  name: string,
  namespace?: string,
  fields: Readonly<Record<string, unknown>> = {},
): KubeObject => ({
  apiVersion: group === '' ? version : `${group}/${version}`,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...fields,
})

export const withMeta = (base: KubeObject, metadata: Partial<KubeObject['metadata']>): KubeObject => ({
  ...base,
  metadata: { ...base.metadata, ...metadata },
})

export const refOf = (kind: ResourceType, { metadata }: KubeObject): Ref => ({
  type: kind,
  name: metadata.name,
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
})

export const exactly = ({ metadata }: KubeObject): Preconditions => ({
  uid: metadata.uid ?? '',
  resourceVersion: metadata.resourceVersion ?? '',
})

export const ownedBy = (owner: KubeObject): { readonly ownerReferences: ReadonlyArray<OwnerReference> } => ({
  ownerReferences: [
    {
      apiVersion: owner.apiVersion,
      kind: owner.kind,
      name: owner.metadata.name,
      uid: owner.metadata.uid ?? '',
    },
  ],
})

/** The value; a failed assertion with the reason otherwise. */
export const ok = <A>(result: E.Either<ClusterError, A>): A => {
  if (E.isLeft(result)) return assert.unreachable(explain(result.left)) as never
  return result.right
}

/** The error, which must have this tag. */
export const bad = <Tag extends ClusterError['_tag']>(
  result: E.Either<ClusterError, unknown>,
  tag: Tag,
): Extract<ClusterError, { readonly _tag: Tag }> => {
  if (E.isRight(result)) return assert.unreachable(`it went well, in place of ${tag}`) as never
  assert.is(result.left._tag, tag, explain(result.left))
  return result.left as Extract<ClusterError, { readonly _tag: Tag }>
}

/** What `look` gives once it gives something. */
export const eventually = async <A>(
  what: string,
  look: () => Promise<A | undefined>,
  ms = 120_000,
): Promise<A> => {
  const end = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) return assert.unreachable(`within ${ms} ms: ${what}`) as never
    await sleep(Math.min(100, Math.max(2, (end - Date.now()) / 1000)))
  }
}

export const gone = (cluster: Cluster, ref: Ref): Promise<true> =>
  eventually(`${ref.type.resource} ${ref.name} is gone`, async () => {
    const found = await cluster.get(ref)()
    return E.isLeft(found) && found.left._tag === 'NotFound' ? true : undefined
  })

/** Stays true for a moment: for what must not happen. */
export const remains = async (cluster: Cluster, ref: Ref, ms = 400): Promise<KubeObject> => {
  await sleep(ms)
  return ok(await cluster.get(ref)())
}

export const unique = (prefix: string): string => `${prefix}-${randomBytes(4).toString('hex')}`

/** Makes the namespace of a fact, and lets it go afterwards. */
export const inNamespace = async (ground: Ground, test: (world: World) => Promise<void>): Promise<void> => {
  const namespace = unique('contract')
  const made = ok(await ground.cluster.create(namespaces, object(namespaces, namespace))())
  await eventually('the namespace has its service account', async () => {
    const account = await ground.cluster.get({ type: serviceAccounts, namespace, name: 'default' })()
    return E.isRight(account) ? true : undefined
  })
  try {
    await test({ ...ground, namespace })
  } finally {
    const now = await ground.cluster.get(refOf(namespaces, made))()
    if (E.isRight(now)) await ground.cluster.remove(refOf(namespaces, made), exactly(now.right))()
  }
}
