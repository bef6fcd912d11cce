import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { networkPolicy } from '../../src/index.js'
import { grantsFor } from '../../src/runner/permission/grants.js'
import { withOwnerLabels } from '../../src/runner/plan/plan.js'
import { provision } from '../../src/runner/pod/provision.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { memoryCluster } from '../../src/testing/index.js'
import { differences, snapshot } from '../faults/cluster-snapshot.js'
import { lookAlikes } from '../faults/foreign.js'
import { callOf } from './begin-call.js'
import { intercepted } from './intercept.js'
import { failureOf } from './observe.js'
import { runSpec } from './pod/run-spec.js'

const foreign = suite('what belongs to others')
const policies = storageType('NetworkPolicy')
const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})

foreign('I1: RBAC alone keeps the pod from what the plan does not name', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  const theirs = createRunner({ owner: 'theirs', cluster, namespace: 'shop' })
  await theirs.apply([policy('a'), policy('b')])
  const own = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await own.apply([policy('mine')])
  const mine = orThrow(await cluster.get({ type: policies, name: 'default.mine', namespace: 'shop' })())
  const calico = { version: '3.28.5', group: 'crd.projectcalico.org' } as const
  const batch = {
    create: [withOwnerLabels('own', policy('new'))],
    replace: [withOwnerLabels('own', policy('mine', 2))],
  }
  orThrow(
    await provision(
      { ...callOf({ owner: 'own', cluster, namespace: 'shop' }), calico, spec: runSpec },
      grantsFor(batch, calico),
    )(),
  )

  // A calicoctl gone mad, with the rights of the run and no check of ours in its way.
  const mad = cluster.as(`system:serviceaccount:shop:${runSpec.serviceAccount}`)
  const before = await snapshot(cluster)
  for (const name of ['default.a', 'default.b']) {
    const ref = { type: policies, name, namespace: 'shop' }
    const object = orThrow(await cluster.get(ref)())
    const { uid = '', resourceVersion = '' } = object.metadata
    for (const attempt of [
      mad.get(ref)(),
      mad.list(policies, { namespace: 'shop' })(),
      mad.replace(policies, { ...object, spec: {} })(),
      mad.remove(ref, { uid, resourceVersion })(),
    ]) {
      const result = await attempt
      assert.is(E.isLeft(result) && result.left._tag, 'Forbidden')
    }
  }
  const { uid = '', resourceVersion = '' } = mine.metadata
  const own403 = await mad.remove(
    { type: policies, name: 'default.mine', namespace: 'shop' },
    { uid, resourceVersion },
  )()
  assert.is(E.isLeft(own403) && own403.left._tag, 'Forbidden', 'it may not even delete what is the owner’s')
  assert.equal(differences(before, await snapshot(cluster)), [])
  // The same rights do let it do its work: this test is not about a pod that may do nothing.
  assert.ok(E.isRight(await mad.replace(policies, { ...mine, spec: { order: 7 } })()))
})

foreign('I1: apply and cleanup leave 198 look-alikes as they are, to the byte', async () => {
  const disguised = lookAlikes('own', ['shop', 'default'])
  const cluster = memoryCluster({ namespaces: ['shop'], objects: disguised })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const before = await snapshot(cluster)
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.apply([policy('web')])
  await runner.apply([policy('web', 2)], { prune: true })
  const { resources } = await runner.status()
  assert.equal(resources, [{ name: 'NetworkPolicy(shop/web)', drifted: false }])
  assert.equal((await runner.cleanup()).removed, ['NetworkPolicy(shop/web)'])
  assert.equal(differences(before, await snapshot(cluster)), [])
})

type Swap = (object: KubeObject) => KubeObject

const swaps: Readonly<Record<string, Swap>> = {
  'deleted and made anew by another': ({ metadata, ...object }) => {
    const {
      uid: _uid,
      resourceVersion: _version,
      labels: _labels,
      annotations: _annotations,
      ...rest
    } = metadata
    return { ...object, metadata: rest } as KubeObject
  },
  'given away by its label': (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'typed-calico.projectcalico.org/owner': 'theirs' },
    },
  }),
  'taken over by its annotation': (object) => ({
    ...object,
    metadata: { ...object.metadata, annotations: { adopted: 'by another' } },
  }),
}

for (const [how, swap] of Object.entries(swaps)) {
  foreign(`I2: what is ${how} between the look and the deletion survives`, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'] })
    await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([policy('web')])
    const ref = { type: policies, name: 'default.web', namespace: 'shop' }
    let swapped = 0
    const racing = intercepted(cluster, async ({ method, path }) => {
      if (method !== 'DELETE' || !path.endsWith('/default.web') || swapped++ > 0) return undefined
      const now = orThrow(await cluster.get(ref)())
      const { uid = '', resourceVersion = '' } = now.metadata
      const next = swap(now)
      if (next.metadata.uid !== undefined) orThrow(await cluster.replace(policies, next)())
      else {
        orThrow(await cluster.remove(ref, { uid, resourceVersion })())
        orThrow(await cluster.create(policies, next)())
      }
      return undefined
    })
    const report = await createRunner({ owner: 'own', cluster: racing, namespace: 'shop' }).cleanup()
    assert.is(swapped, 1)
    assert.equal(report.removed, [])
    assert.ok(E.isRight(await cluster.get(ref)()), 'the survivor lives')
  })
}

foreign('never takes over what all of the cluster shares, not even when told to adopt', async () => {
  const felix = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'FelixConfiguration',
    metadata: { name: 'default' },
  }
  const type = storageType('FelixConfiguration')
  const stored = { ...felix, apiVersion: 'crd.projectcalico.org/v1', spec: { ipv6Support: false } }
  const cluster = memoryCluster({ namespaces: ['shop'], objects: [stored] })
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const wanted = { ...felix, spec: { ipv6Support: true } }
  const failure = failureOf(await runner.te.apply([wanted], { adopt: true })())
  assert.is(failure._tag, 'Foreign')
  assert.match(failure.message, /shares it/)
  assert.equal(orThrow(await cluster.get({ type, name: 'default' })()).spec, { ipv6Support: false })
})

foreign('refuses kinds that are Kubernetes’ own under another name', async () => {
  const cluster = memoryCluster()
  const profile = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'Profile',
    metadata: { name: 'kns.x' },
    spec: {},
  }
  const failure = failureOf(await createRunner({ owner: 'own', cluster }).te.plan([profile])())
  assert.is(failure._tag, 'Invalid')
  assert.equal(failure._tag === 'Invalid' && failure.issues.map(({ rule }) => rule), ['read-only-kind'])
})

foreign('keeps a tier of its own while policies of others are in it, and says so', async () => {
  const cluster = memoryCluster({ calico: '3.30.1', namespaces: ['shop'] })
  const tier = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'Tier',
    metadata: { name: 'own' },
    spec: { order: 10 },
  }
  await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply([tier])
  const theirs = createRunner({ owner: 'theirs', cluster, namespace: 'shop' })
  await theirs.apply([policy('own.a').tier('own')])
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const failure = failureOf(await runner.te.cleanup()())
  assert.is(failure._tag, 'CleanupIncomplete')
  assert.match(failure.message, /Tier\(own\): NetworkPolicy own\.a is in it/)
  await theirs.cleanup()
  assert.equal((await runner.cleanup()).removed, ['Tier(own)'])
})

foreign.run()
