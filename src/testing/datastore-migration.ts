import * as E from 'fp-ts/lib/Either.js'
import { same } from '../cluster/memory/kinds/json.js'
import type { MemoryCluster } from '../cluster/memory.js'
import type { KubeObject, ResourceType } from '../cluster/port.js'
import { customResourceDefinitions } from '../cluster/resource-types.js'
import { orThrow } from '../error.js'
import { type Kind, kindFacts, kinds } from '../model/kind.js'
import { calicoObjects } from './calico/installation.js'
import { fromStored } from './calicoctl/storage.js'

/** A cluster's move from Calico's own resources to native mode, step by step. In all that time both groups are served. */
export interface DatastoreMigration {
  /** Brings the native definitions, and locks both stores. */
  readonly lock: () => Promise<void>
  /**
   * Copies every resource: with a new UID, under the name that it was given, its labels and annotations its own. Gives
   * those that are there already with another spec, as `NetworkPolicy/shop/web`: they stop the move.
   */
  readonly copy: () => Promise<ReadonlyArray<string>>
  /** Lets the native store be used. The old one stays locked. */
  readonly converge: () => Promise<void>
  /** Takes the old definitions away, with all that they hold. */
  readonly complete: () => Promise<void>
  /** Before it converged: takes the copies away, and lets the old store be used again. */
  readonly abort: () => Promise<void>
}

const migratedBy = 'migration.projectcalico.org/migrated-by'
const deadlineMs = 60_000

type Store = 'v1' | 'v3'

const groups = {
  v1: { group: 'crd.projectcalico.org', version: 'v1' },
  v3: { group: 'projectcalico.org', version: 'v3' },
} as const

const typeIn = (store: Store, kind: Kind): ResourceType => {
  const { plural, namespaced } = kindFacts[kind]
  return { ...groups[store], resource: plural, kind, namespaced }
}

const informationIn = (store: Store): ResourceType => ({
  ...groups[store],
  resource: 'clusterinformations',
  kind: 'ClusterInformation',
  namespaced: false,
})

/** Tiers go before the policies that are in them. */
const moved = kinds
  .filter((kind) => kindFacts[kind].stored === 'crd')
  .sort((a, b) => Number(b === 'Tier') - Number(a === 'Tier'))

const refOf = (type: ResourceType, { metadata: { name, namespace } }: KubeObject) =>
  namespace === undefined ? { type, name } : { type, name, namespace }

const copyOf = (object: KubeObject, calico: string): KubeObject => {
  const { metadata, spec, kind } = fromStored(object, calico)
  const { name, namespace, labels, annotations, ownerReferences } = metadata
  return {
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(ownerReferences === undefined ? {} : { ownerReferences }),
      annotations: { ...annotations, [migratedBy]: 'v1-to-v3' },
    },
    spec,
  }
}

/**
 * The steps of Calico's DatastoreMigration on an in-memory cluster with Calico 3.32 or later, in its default mode, for tests of
 * what must hold while a cluster moves. **Source**: `kube-controllers/pkg/controllers/migration`.
 *
 * @example
 * const cluster = memoryCluster({ calico: '3.32.1' })
 * const migration = datastoreMigration(cluster)
 * await migration.lock()
 * await migration.copy() // => []
 * await migration.converge()
 */
export const datastoreMigration = (cluster: MemoryCluster, calico = '3.32.1'): DatastoreMigration => {
  const list = async (type: ResourceType): Promise<ReadonlyArray<KubeObject>> => {
    const found = await cluster.list(type)()
    return E.isRight(found) ? found.right.items : []
  }
  const create = async (type: ResourceType, object: KubeObject): Promise<void> => {
    orThrow(await cluster.create(type, object)())
  }
  const remove = async (type: ResourceType, object: KubeObject): Promise<void> => {
    const { uid = '', resourceVersion = '' } = object.metadata
    orThrow(await cluster.remove(refOf(type, object), { uid, resourceVersion })())
  }
  const setReady = async (store: Store, datastoreReady: boolean): Promise<void> => {
    const type = informationIn(store)
    const found = orThrow(await cluster.get({ type, name: 'default' })())
    const spec = { ...Object(found.spec), datastoreReady }
    orThrow(await cluster.replace(type, { ...found, spec })())
  }
  const isServed = async (store: Store): Promise<boolean> => {
    const found = await cluster.group(groups[store].group)()
    return E.isRight(found) || found.left._tag !== 'NotFound'
  }

  const lock = async (): Promise<void> => {
    if (!(await isServed('v3')))
      for (const object of calicoObjects(calico, true)) {
        if (object.kind === 'CustomResourceDefinition') await create(customResourceDefinitions, object)
      }
    const information = orThrow(await cluster.get({ type: informationIn('v1'), name: 'default' })())
    const { spec, kind } = information
    await create(informationIn('v3'), {
      apiVersion: 'projectcalico.org/v3',
      kind,
      metadata: { name: 'default' },
      spec: { ...Object(spec), datastoreReady: false },
    })
    await setReady('v1', false)
  }

  const copyOne = async (kind: Kind, object: KubeObject): Promise<ReadonlyArray<string>> => {
    const type = typeIn('v3', kind)
    const copy = copyOf(object, calico)
    const found = await cluster.get(refOf(type, copy))()
    if (E.isLeft(found)) {
      await create(type, copy)
      return []
    }
    const { name, namespace } = copy.metadata
    const id = [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/')
    return same(found.right.spec, copy.spec) ? [] : [id]
  }

  const copy = async (): Promise<ReadonlyArray<string>> => {
    const conflicts: string[] = []
    for (const kind of moved) {
      for (const object of await list(typeIn('v1', kind))) conflicts.push(...(await copyOne(kind, object)))
    }
    return conflicts
  }

  const complete = async (): Promise<void> => {
    const definitions = await list(customResourceDefinitions)
    for (const definition of definitions) {
      if (definition.metadata.name.endsWith(`.${groups.v1.group}`))
        await remove(customResourceDefinitions, definition)
    }
    const until = Date.now() + deadlineMs
    while (await isServed('v1')) {
      if (Date.now() > until)
        throw new Error(`${groups.v1.group} is still served after its definitions were deleted`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  const abort = async (): Promise<void> => {
    for (const kind of [...moved].reverse()) {
      const type = typeIn('v3', kind)
      for (const object of await list(type))
        if (object.metadata.annotations?.[migratedBy] !== undefined) await remove(type, object)
    }
    await setReady('v1', true)
    const information = orThrow(await cluster.get({ type: informationIn('v3'), name: 'default' })())
    await remove(informationIn('v3'), information)
  }

  return { lock, copy, converge: () => setReady('v3', true), complete, abort }
}
