import * as assert from 'uvu/assert'
import {
  bad,
  clusterRoles,
  configMaps,
  eventually,
  exactly,
  type Fact,
  gone,
  namespaces,
  object,
  ok,
  ownedBy,
  refOf,
  remains,
  serviceAccounts,
  unique,
  withMeta,
} from '../contract-ground.js'

export const garbageFacts = (fact: Fact): void => {
  fact('dependents go with their owner', async ({ cluster, namespace }) => {
    const owner = ok(await cluster.create(configMaps, object(configMaps, 'owner', namespace))())
    const child = withMeta(object(serviceAccounts, 'child', namespace), ownedBy(owner))
    const made = ok(await cluster.create(serviceAccounts, child)())
    const grandchild = withMeta(object(configMaps, 'grandchild', namespace), ownedBy(made))
    ok(await cluster.create(configMaps, grandchild)())
    ok(await cluster.remove(refOf(configMaps, owner), exactly(owner))())
    await gone(cluster, refOf(serviceAccounts, child))
    await gone(cluster, refOf(configMaps, grandchild))
  })

  fact('dependents of an owner that never was go by themselves', async ({ cluster, namespace }) => {
    const none = withMeta(object(configMaps, 'none', namespace), {
      uid: '00000000-0000-4000-8000-000000000000',
    })
    const orphan = withMeta(object(configMaps, 'orphan', namespace), ownedBy(none))
    ok(await cluster.create(configMaps, orphan)())
    await gone(cluster, refOf(configMaps, orphan))
  })

  fact('an owner of the same name but another uid is not the owner', async ({ cluster, namespace }) => {
    const owner = ok(await cluster.create(configMaps, object(configMaps, 'owner', namespace))())
    const lookalike = withMeta(owner, { uid: '00000000-0000-4000-8000-000000000000' })
    const child = withMeta(object(configMaps, 'child', namespace), ownedBy(lookalike))
    ok(await cluster.create(configMaps, child)())
    await gone(cluster, refOf(configMaps, child))
    ok(await cluster.get(refOf(configMaps, owner))())
  })

  fact('an owner in another namespace counts as absent', async ({ cluster, namespace }) => {
    const other = ok(await cluster.create(namespaces, object(namespaces, unique('contract')))())
    const owner = ok(await cluster.create(configMaps, object(configMaps, 'owner', other.metadata.name))())
    const child = withMeta(object(configMaps, 'child', namespace), ownedBy(owner))
    ok(await cluster.create(configMaps, child)())
    await gone(cluster, refOf(configMaps, child))
    ok(
      await cluster.remove(
        refOf(namespaces, other),
        exactly(ok(await cluster.get(refOf(namespaces, other))())),
      )(),
    )
  })

  fact(
    'cluster-scoped owners take cluster-scoped and namespaced dependents with them',
    async ({ cluster, namespace }) => {
      const owner = ok(
        await cluster.create(
          clusterRoles,
          object(clusterRoles, unique('contract'), undefined, { rules: [] }),
        )(),
      )
      const wide = withMeta(
        object(clusterRoles, unique('contract'), undefined, { rules: [] }),
        ownedBy(owner),
      )
      const narrow = withMeta(object(configMaps, 'narrow', namespace), ownedBy(owner))
      ok(await cluster.create(clusterRoles, wide)())
      ok(await cluster.create(configMaps, narrow)())
      await remains(cluster, refOf(configMaps, narrow))
      ok(await cluster.remove(refOf(clusterRoles, owner), exactly(owner))())
      await gone(cluster, refOf(clusterRoles, wide))
      await gone(cluster, refOf(configMaps, narrow))
    },
  )

  fact(
    'a cluster-scoped dependent of a namespaced owner is never collected',
    async ({ cluster, namespace }) => {
      const owner = ok(await cluster.create(configMaps, object(configMaps, 'owner', namespace))())
      const wide = withMeta(
        object(clusterRoles, unique('contract'), undefined, { rules: [] }),
        ownedBy(owner),
      )
      ok(await cluster.create(clusterRoles, wide)())
      ok(await cluster.remove(refOf(configMaps, owner), exactly(owner))())
      const left = await remains(cluster, refOf(clusterRoles, wide), 1500)
      ok(await cluster.remove(refOf(clusterRoles, wide), exactly(left))())
    },
  )

  fact('a dependent stays as long as one of its owners does', async ({ cluster, namespace }) => {
    const one = ok(await cluster.create(configMaps, object(configMaps, 'one', namespace))())
    const two = ok(await cluster.create(configMaps, object(configMaps, 'two', namespace))())
    const child = withMeta(object(configMaps, 'child', namespace), {
      ownerReferences: [...ownedBy(one).ownerReferences, ...ownedBy(two).ownerReferences],
    })
    ok(await cluster.create(configMaps, child)())
    ok(await cluster.remove(refOf(configMaps, one), exactly(one))())
    const left = await eventually('the reference to the absent owner is taken away', async () => {
      const now = ok(await cluster.get(refOf(configMaps, child))())
      return now.metadata.ownerReferences?.length === 1 ? now : undefined
    })
    assert.is(left.metadata.ownerReferences?.[0]?.name, 'two')
    ok(await cluster.remove(refOf(configMaps, two), exactly(two))())
    await gone(cluster, refOf(configMaps, child))
  })

  fact('a finalizer holds a dependent after its owner is gone', async ({ cluster, namespace }) => {
    const owner = ok(await cluster.create(configMaps, object(configMaps, 'owner', namespace))())
    const held = withMeta(object(configMaps, 'held', namespace), {
      ...ownedBy(owner),
      finalizers: ['contract.test/hold'],
    })
    ok(await cluster.create(configMaps, held)())
    ok(await cluster.remove(refOf(configMaps, owner), exactly(owner))())
    const dying = await eventually('the dependent is being deleted', async () => {
      const now = ok(await cluster.get(refOf(configMaps, held))())
      return now.metadata.deletionTimestamp === undefined ? undefined : now
    })
    const { finalizers: _, ...metadata } = dying.metadata
    ok(await cluster.replace(configMaps, { ...dying, metadata })())
    bad(await cluster.get(refOf(configMaps, held))(), 'NotFound')
  })
}
