import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { networkPolicy } from '../../../src/build/network-policy.js'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { secrets } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { managedResources, toManagedResource } from '../../../src/fleet/gardener/managed-resource.js'
import { createRunner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { definition, misspelt, strictErrors } from '../strict.js'
import { type Memory, manageOnce } from './resource-manager.js'

const managing = suite('toManagedResource')

const namespace = 'shoot--core--web'
const denyAll = globalNetworkPolicy('deny-all').order(10).denyIngress()
const web = networkPolicy('web', 'shop').allowEgress()
const options = { name: 'guardrails', namespace, calico: '3.28.5', owner: 'guardrails' }
const crd = definition('managed-resource')

const policies = storageType('GlobalNetworkPolicy')

const shoot = async (made: ReadonlyArray<KubeObject>, calico = '3.28.5') => {
  const source = memoryCluster({ calico: false, namespaces: [namespace], objects: [crd, ...made] })
  const target = memoryCluster({ calico, namespaces: ['shop'] })
  const memory: Memory = new Map()
  const manage = () => manageOnce({ source, target, namespace }, memory)
  await manage()
  return { source, target, manage }
}

const namesIn = async (target: Cluster): Promise<ReadonlyArray<string>> =>
  orThrow(await target.list(policies)()).items.map(({ metadata }) => metadata.name)

const removed = async (source: Cluster): Promise<void> => {
  const resource = { type: managedResources, namespace, name: 'guardrails' }
  const { uid = '', resourceVersion = '' } = orThrow(await source.get(resource)()).metadata
  orThrow(await source.remove(resource, { uid, resourceVersion })())
}

const change = async (
  target: Cluster,
  name: string,
  edit: (object: KubeObject) => KubeObject,
): Promise<void> => {
  const live = orThrow(await target.get({ type: policies, name })())
  orThrow(await target.replace(policies, edit(live))())
}

managing('is taken by the definition, and refused with a field misspelt', () => {
  const made = orThrow(toManagedResource([denyAll], { ...options, class: 'seed', keepObjects: true }))
  const [, resource] = made
  assert.equal(
    made.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['Secret managedresource-guardrails', 'ManagedResource guardrails'],
  )
  assert.equal(strictErrors(crd, resource), [])
  assert.equal(strictErrors(crd, misspelt(resource as KubeObject, 'secretRefs')), [
    '.spec.secretRefs: required value',
    '.spec.secretRefsx: unknown field',
  ])
})

managing('names what is wrong', () => {
  const rules = (given: object) => {
    const made = toManagedResource([denyAll], { ...options, ...given })
    return E.isRight(made) ? [] : made.left.issues.map(({ rule, path }) => `${rule} ${path}`)
  }
  assert.equal(rules({ name: 'A' }), ['name name'])
  assert.equal(rules({ namespace: 'a_b' }), ['name namespace'])
  assert.equal(rules({ calico: '3.33.0' }), ['no-storage-form calico'])
})

managing('brings the resources to the shoot as the Runner would, and calicoctl reads them so', async () => {
  const { target } = await shoot(orThrow(toManagedResource([denyAll, web], options)))
  const runner = createRunner({ owner: 'guardrails', cluster: target, namespace: 'shop' })
  const { resources } = await runner.status()
  assert.equal(resources.map(({ name, drifted }) => `${name} ${drifted}`).sort(), [
    'GlobalNetworkPolicy(deny-all) false',
    'NetworkPolicy(shop/web) false',
  ])
  const plan = await runner.plan([denyAll, web])
  assert.is(plan.changes, false, 'the Runner would change nothing of it')
})

managing('what others change in the spec is put back; their labels stay', async () => {
  const { target, manage } = await shoot(orThrow(toManagedResource([denyAll], options)))
  await change(target, 'default.deny-all', ({ metadata, spec, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, labels: { ...metadata.labels, 'team.example/seen': 'yes' } },
    spec: { ...(spec as object), order: 999 },
  }))
  await manage()
  const live = orThrow(await target.get({ type: policies, name: 'default.deny-all' })())
  assert.is((live.spec as { readonly order: number }).order, 10)
  assert.is(live.metadata.labels?.['team.example/seen'], 'yes')
})

managing('takes over what has the name, whoever made it: names have to be ours alone', async () => {
  const theirs = globalNetworkPolicy('deny-all').order(1).allowIngress()
  const target = memoryCluster({ calico: '3.28.5' })
  await createRunner({ owner: 'theirs', cluster: target }).apply([theirs])
  const made = orThrow(toManagedResource([denyAll], options))
  const source = memoryCluster({ calico: false, namespaces: [namespace], objects: [crd, ...made] })
  await manageOnce({ source, target, namespace }, new Map())
  const { resources } = await createRunner({ owner: 'theirs', cluster: target }).status()
  assert.equal(resources, [], 'it is no longer theirs')
})

managing('what is no longer in the Secret goes, and all of it with the ManagedResource', async () => {
  const both = orThrow(toManagedResource([denyAll, globalNetworkPolicy('other').allowEgress()], options))
  const { source, target, manage } = await shoot(both)
  const names = async () => (await namesIn(target)).filter((name) => name.startsWith('default.'))
  assert.equal(await names(), ['default.deny-all', 'default.other'])
  const [secret] = orThrow(toManagedResource([denyAll], options))
  orThrow(await source.replace(secrets, secret as KubeObject)())
  await manage()
  assert.equal(await names(), ['default.deny-all'])
  await removed(source)
  await manage()
  assert.equal(await names(), [])
})

managing('with keepObjects, they stay when the ManagedResource goes', async () => {
  const made = orThrow(toManagedResource([denyAll], { ...options, keepObjects: true }))
  const { source, target, manage } = await shoot(made)
  await removed(source)
  await manage()
  assert.ok((await namesIn(target)).includes('default.deny-all'))
})

/** What Calico's migrator does to policies of older releases, once it is 3.32: each is moved to its own name. */
const migrate = async (target: Cluster): Promise<number> => {
  const { items } = orThrow(await target.list(policies)())
  const old = items.filter(({ metadata }) => metadata.name.startsWith('default.'))
  for (const { apiVersion, kind, metadata, spec } of old) {
    const { name, labels = {}, annotations = {}, uid = '', resourceVersion = '' } = metadata
    const own = { name: name.replace('default.', ''), labels, annotations }
    const found = await target.get({ type: policies, name: own.name })()
    if (E.isLeft(found)) orThrow(await target.create(policies, { apiVersion, kind, metadata: own, spec })())
    orThrow(await target.remove({ type: policies, name }, { uid, resourceVersion })())
  }
  return old.length
}

managing('the form of 3.31 on a shoot of 3.32 is moved by Calico and put back, for ever', async () => {
  const old = { ...options, calico: '3.31.6' }
  const { target, manage } = await shoot(orThrow(toManagedResource([denyAll], old)), '3.32.1')
  for (let round = 1; round <= 3; round++) {
    assert.is(await migrate(target), 1, `round ${round}`)
    await manage()
    assert.equal(new Set(await namesIn(target)), new Set(['deny-all', 'default.deny-all']))
  }
})

managing('the form of 3.32 is left alone there', async () => {
  const young = { ...options, calico: '3.32.1' }
  const { target, manage } = await shoot(orThrow(toManagedResource([denyAll], young)), '3.32.1')
  assert.is(await migrate(target), 0)
  await manage()
  assert.equal(await namesIn(target), ['deny-all'])
})

managing.run()
