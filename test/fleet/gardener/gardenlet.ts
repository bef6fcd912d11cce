import * as E from 'fp-ts/lib/Either.js'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { secrets } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { managedResources } from '../../../src/fleet/gardener/managed-resource.js'
import type { LabelSelector } from '../../../src/model/meta/label-selector.js'
import { apiVersion } from './resource-manager.js'

type Texts = Readonly<Record<string, string>>

export interface Shoot {
  /** Its control plane's, on the seed. */
  readonly namespace: string
  readonly labels: Texts
}

const matches = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Texts): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key]
    if (operator === 'In') return value !== undefined && values.includes(value)
    if (operator === 'NotIn') return value === undefined || !values.includes(value)
    return (operator === 'Exists') === (value !== undefined)
  })

/** A selector that cannot be read fails the step for every Shoot of the seed. */
const selects = ({ metadata }: KubeObject, { labels }: Shoot): boolean => {
  const text = metadata.annotations?.['static-manifests.shoot.gardener.cloud/selector']
  return text === undefined || matches(JSON.parse(text), labels)
}

const write = async (seed: Cluster, object: KubeObject): Promise<void> => {
  const type = object.kind === 'Secret' ? secrets : managedResources
  const { name, namespace = '' } = object.metadata
  const found = await seed.get({ type, namespace, name })()
  if (E.isLeft(found)) return void orThrow(await seed.create(type, object)())
  const { resourceVersion = '' } = found.right.metadata
  orThrow(await seed.replace(type, { ...object, metadata: { ...object.metadata, resourceVersion } })())
}

const remove = async (seed: Cluster, { kind, metadata }: KubeObject): Promise<void> => {
  const { name, namespace = '', uid = '', resourceVersion = '' } = metadata
  const type = kind === 'Secret' ? secrets : managedResources
  orThrow(await seed.remove({ type, namespace, name }, { uid, resourceVersion })())
}

const all = 'static-manifests-propagated-from-seed'

/** What gardenlet does with static manifests when it reconciles a Shoot, as its source says. */
export const propagate = async (seed: Cluster, shoot: Shoot): Promise<void> => {
  const labelSelector = 'gardener.cloud/purpose=shoot-static-manifest'
  const { namespace } = shoot
  const { items } = orThrow(await seed.list(secrets, { namespace: 'garden', labelSelector })())
  const wanted = items.filter((secret) => selects(secret, shoot))
  const copies = wanted.map(({ metadata, ...rest }) => {
    const { name, labels = {}, annotations = {} } = metadata
    return { ...rest, metadata: { name: `static-manifests-${name}`, namespace, labels, annotations } }
  })
  for (const copy of copies) await write(seed, copy)
  const names = copies.map(({ metadata }) => metadata.name)
  const old = orThrow(await seed.list(secrets, { namespace, labelSelector })()).items
  for (const secret of old) if (!names.includes(secret.metadata.name)) await remove(seed, secret)
  const found = await seed.get({ type: managedResources, namespace, name: all })()
  if (names.length === 0) return E.isRight(found) ? remove(seed, found.right) : undefined
  await write(seed, {
    apiVersion,
    kind: 'ManagedResource',
    metadata: { name: all, namespace, labels: { origin: 'gardener' } },
    spec: {
      injectLabels: { 'shoot.gardener.cloud/no-cleanup': 'true' },
      keepObjects: false,
      secretRefs: names.map((name) => ({ name })),
    },
  })
}
