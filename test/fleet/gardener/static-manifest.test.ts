import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { KubeObject } from '../../../src/cluster/port.js'
import { secrets } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { type StaticManifestOptions, toStaticManifest } from '../../../src/fleet/gardener/static-manifest.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { definition } from '../strict.js'
import { propagate } from './gardenlet.js'
import { type Memory, manageOnce } from './resource-manager.js'

const statics = suite('toStaticManifest')

const live = { matchLabels: { environment: 'live' } }
const denyAll = globalNetworkPolicy('deny-all').denyIngress()
const options = { name: 'guardrails', shootSelector: live, calico: '3.31.6' }

const rulesOf = (resources: ReadonlyArray<unknown>, given: StaticManifestOptions): ReadonlyArray<string> => {
  const made = toStaticManifest(resources, given)
  return E.isRight(made) ? [] : made.left.issues.map(({ rule }) => rule)
}

const seedWith = (objects: ReadonlyArray<KubeObject>) =>
  memoryCluster({
    calico: false,
    namespaces: ['garden', 'shoot--core--web', 'shoot--core--lab'],
    objects: [definition('managed-resource'), ...objects],
  })

statics('is one Secret that gardenlet finds, with the selector and plain YAML', () => {
  const [secret, ...others] = orThrow(toStaticManifest([denyAll], options))
  assert.equal(others, [])
  assert.equal(secret?.metadata, {
    name: 'guardrails',
    namespace: 'garden',
    labels: { 'gardener.cloud/purpose': 'shoot-static-manifest' },
    annotations: { 'static-manifests.shoot.gardener.cloud/selector': JSON.stringify(live) },
  })
  const { 'data.yaml': data = '' } = (secret?.data ?? {}) as Record<string, string>
  assert.match(Buffer.from(data, 'base64').toString(), /^apiVersion: crd\.projectcalico\.org\/v1\n/)
})

statics('without a selector only when every Shoot is meant', () => {
  const [secret] = orThrow(toStaticManifest([denyAll], { ...options, shootSelector: 'all' }))
  assert.is(secret?.metadata.annotations, undefined)
  assert.equal(rulesOf([denyAll], { ...options, shootSelector: {} }), ['label-selector'])
})

statics('checks the resources, the release, the name and the forms', () => {
  assert.equal(rulesOf([globalNetworkPolicy('deny-all').order(Number.NaN)], options).length > 0, true)
  assert.equal(rulesOf([denyAll], { ...options, calico: '3.27.0' }), ['no-storage-form'])
  assert.equal(rulesOf([denyAll], { ...options, name: 'Guard rails' }), ['name'])
  assert.equal(rulesOf([denyAll], { ...options, name: 'x'.repeat(231) }), ['name'])
  assert.equal(rulesOf([denyAll], { name: 'guardrails', forms: [] }), ['required'])
})

statics('one Secret for each storage form, and no Shoot that gets two', () => {
  const form = (calico: string, label: string) => ({
    calico,
    shootSelector: { matchLabels: { calico: label } },
  })
  const forms = [form('3.31.6', 'old'), form('3.32.1', 'young')]
  const made = orThrow(toStaticManifest([denyAll], { name: 'guardrails', forms }))
  assert.equal(
    made.map(({ metadata }) => metadata.name),
    ['guardrails-3-31', 'guardrails-3-32'],
  )
  const overlapping = [form('3.31.6', 'old'), { calico: '3.32.1', shootSelector: live }]
  assert.equal(rulesOf([denyAll], { name: 'guardrails', forms: overlapping }), ['forms-overlap'])
  const same = [form('3.31.6', 'old'), form('3.31.4', 'young')]
  assert.equal(rulesOf([denyAll], { name: 'guardrails', forms: same }), ['forms-overlap'])
})

statics('reaches the Shoots that the selector names, and leaves them with the Secret', async () => {
  const [secret] = orThrow(toStaticManifest([denyAll], { ...options, owner: 'guardrails' }))
  const seed = seedWith(secret === undefined ? [] : [secret])
  const shoots = [
    { namespace: 'shoot--core--web', labels: { environment: 'live' } },
    { namespace: 'shoot--core--lab', labels: { environment: 'lab' } },
  ].map((shoot) => ({ ...shoot, target: memoryCluster({ calico: '3.31.6' }), memory: new Map() as Memory }))
  const reconcile = async () => {
    for (const { namespace, labels, target, memory } of shoots) {
      await propagate(seed, { namespace, labels })
      await manageOnce({ source: seed, target, namespace }, memory)
    }
  }
  const found = () =>
    Promise.all(
      shoots.map(async ({ target }) => {
        const { resources } = await createRunner({ owner: 'guardrails', cluster: target }).status()
        return resources.map(({ name, drifted }) => `${name}${drifted ? ' drifted' : ''}`)
      }),
    )
  await reconcile()
  assert.equal(await found(), [['GlobalNetworkPolicy(deny-all)'], []])

  const ref = { type: secrets, namespace: 'garden', name: 'guardrails' }
  const { uid = '', resourceVersion = '' } = orThrow(await seed.get(ref)()).metadata
  orThrow(await seed.remove(ref, { uid, resourceVersion })())
  assert.equal(await found(), [['GlobalNetworkPolicy(deny-all)'], []], 'not before the next reconciliation')
  await reconcile()
  assert.equal(await found(), [[], []])
})

statics('a misspelt selector, written by hand, would select every Shoot', async () => {
  const [secret] = orThrow(toStaticManifest([denyAll], options))
  const annotations = {
    'static-manifests.shoot.gardener.cloud/selector': '{"matchLabel":{"environment":"live"}}',
  }
  const seed = seedWith([{ ...secret, metadata: { ...secret?.metadata, annotations } } as KubeObject])
  await propagate(seed, { namespace: 'shoot--core--lab', labels: {} })
  const copies = orThrow(await seed.list(secrets, { namespace: 'shoot--core--lab' })()).items
  assert.is(copies.length, 1)
  assert.equal(rulesOf([denyAll], { ...options, shootSelector: { matchLabel: {} } as never }), [
    'unknown-key',
  ])
})

statics.run()
