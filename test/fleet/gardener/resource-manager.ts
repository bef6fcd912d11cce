import { brotliDecompressSync } from 'node:zlib'
import * as E from 'fp-ts/lib/Either.js'
import { parseAllDocuments } from 'yaml'
import type { Cluster, KubeObject, ResourceType } from '../../../src/cluster/port.js'
import { apiVersionOf, secrets } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { managedResources } from '../../../src/fleet/gardener/managed-resource.js'
import type { Kind } from '../../../src/model/resource.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'

/** What a ManagedResource remembers of what it has applied. */
interface Remembered {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  readonly labels: Texts
  readonly annotations: Texts
}

type Texts = Readonly<Record<string, string>>

interface Managed {
  readonly secretRefs: ReadonlyArray<{ readonly name: string }>
  readonly keepObjects?: boolean
  readonly injectLabels?: Texts
}

const typeOf = (kind: string): ResourceType => storageType(kind as Kind)

const refOf = ({ kind, namespace, name }: Omit<Remembered, 'labels' | 'annotations'>) => ({
  type: typeOf(kind),
  name,
  ...(namespace === undefined ? {} : { namespace }),
})

const keyOf = ({ kind, namespace = '', name }: Remembered): string => `${kind}/${namespace}/${name}`

const documents = (data: Texts): ReadonlyArray<KubeObject> =>
  Object.entries(data).flatMap(([key, value]) => {
    const bytes = Buffer.from(value, 'base64')
    const text = key.endsWith('.br') ? brotliDecompressSync(bytes) : bytes
    return parseAllDocuments(text.toString()).map((document) => document.toJS() as KubeObject)
  })

/** What is wanted over what is there; what was wanted before and is not any more goes, unless others changed it. */
const merged = (desired: Texts, current: Texts, before: Texts): Texts => {
  const dropped = Object.keys(before).filter(
    (key) => desired[key] === undefined && current[key] === before[key],
  )
  const all = Object.entries({ ...current, ...desired })
  return Object.fromEntries(all.filter(([key]) => !dropped.includes(key)))
}

const remembered = ({ kind, metadata }: KubeObject, inject: Texts): Remembered => ({
  kind,
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  name: metadata.name,
  labels: { ...metadata.labels, ...inject },
  annotations: metadata.annotations ?? {},
})

/** What it puts on whatever it manages. */
const marks = {
  'resources.gardener.cloud/description': 'DO NOT EDIT',
  'resources.gardener.cloud/origin': 'seed/managed-resource',
}
const managedBy = { 'resources.gardener.cloud/managed-by': 'gardener' }

const put = async (target: Cluster, wanted: KubeObject, it: Remembered, before?: Remembered) => {
  const type = typeOf(wanted.kind)
  const found = await target.get(refOf(it))()
  const metadata = { ...wanted.metadata, labels: it.labels, annotations: { ...it.annotations, ...marks } }
  if (E.isLeft(found)) return orThrow(await target.create(type, { ...wanted, metadata })())
  const { labels = {}, annotations = {} } = found.right.metadata
  const kept = {
    ...found.right.metadata,
    labels: merged(it.labels, labels, before?.labels ?? {}),
    annotations: { ...merged(it.annotations, annotations, before?.annotations ?? {}), ...marks },
  }
  return orThrow(await target.replace(type, { ...wanted, metadata: kept })())
}

const drop = async (target: Cluster, it: Remembered): Promise<void> => {
  const found = await target.get(refOf(it))()
  if (E.isLeft(found)) return
  const { uid = '', resourceVersion = '' } = found.right.metadata
  orThrow(await target.remove(refOf(it), { uid, resourceVersion })())
}

/** What a stand-in of gardener-resource-manager works between. */
export interface Sides {
  readonly source: Cluster
  readonly target: Cluster
  readonly namespace: string
}

interface Applied {
  readonly objects: ReadonlyArray<Remembered>
  readonly isKept: boolean
}

/** ManagedResources that were looked at: what each has applied. */
export type Memory = Map<string, Applied>

/**
 * One round of gardener-resource-manager, as its source says: objects by name, whoever made them; the spec as it is wanted;
 * labels and annotations of others kept; what is no longer wanted deleted; all of it when the ManagedResource is gone, unless it is
 * to be kept. **Source**: `pkg/resourcemanager/controller/managedresource`, reconciler.go and merger.go, of Gardener 1.149.3: it
 * looks at no signature, nor at anything else of the Secrets but their data.
 */
export const manageOnce = async ({ source, target, namespace }: Sides, memory: Memory): Promise<void> => {
  const { items } = orThrow(await source.list(managedResources, { namespace })())
  for (const { metadata, spec } of items) {
    const { secretRefs, injectLabels = {}, keepObjects = false } = spec as Managed
    const refs = secretRefs.map(({ name }) => ({ type: secrets, namespace, name }))
    const read = await Promise.all(refs.map(async (ref) => orThrow(await source.get(ref)())))
    const wanted = read.flatMap(({ data }) => documents(data as Texts))
    const before = memory.get(metadata.name)?.objects ?? []
    const after = wanted.map((object) => remembered(object, { ...injectLabels, ...managedBy }))
    const kept = new Set(after.map(keyOf))
    for (const old of before) if (!kept.has(keyOf(old))) await drop(target, old)
    for (const [index, object] of wanted.entries()) {
      const it = after[index] as Remembered
      await put(
        target,
        object,
        it,
        before.find((old) => keyOf(old) === keyOf(it)),
      )
    }
    memory.set(metadata.name, { objects: after, isKept: keepObjects })
  }
  const present = new Set(items.map(({ metadata }) => metadata.name))
  for (const [name, { objects, isKept }] of memory) {
    if (present.has(name)) continue
    for (const it of isKept ? [] : objects) await drop(target, it)
    memory.delete(name)
  }
}

export const apiVersion = apiVersionOf(managedResources)
