import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bad, eventually, exactly, ok, refOf } from '../cluster/contract-ground.js'
import { cidr, clusterOf, resource, run, typeOf } from './newest.js'

const native = suite('Calico 3.32.1 natively')

native('an empty list of types is refused natively, and filled in by calicoctl', async () => {
  const cluster = clusterOf('native')
  const policy = resource('NetworkPolicy', { types: [] })
  const type = typeOf('native', 'NetworkPolicy')
  const { message } = bad(await cluster.create(type, policy)(), 'Rejected')
  assert.match(message, /spec\.types: .*should have at least 1 items/)
  assert.match((await run(cluster, 'create', policy)).stdout, /Successfully created 1/)
})

native('a policy in a missing tier is refused natively', async () => {
  const cluster = clusterOf('native')
  const policy = resource('NetworkPolicy', { tier: 'nosuch' })
  const { message } = bad(await cluster.create(typeOf('native', 'NetworkPolicy'), policy)(), 'Forbidden')
  assert.match(message, /Tier "nosuch" does not exist/)
})

native('natively a pool says whether addresses come from it', async () => {
  const cluster = clusterOf('native')
  const type = typeOf('native', 'IPPool')
  const reasonOf = async (name: string, disabled: boolean): Promise<unknown> => {
    ok(await cluster.create(type, resource('IPPool', { cidr, disabled }, name))())
    return eventually('a condition', async () => {
      const { status } = ok(await cluster.get({ type, name })())
      return Object(status).conditions?.[0]?.reason
    })
  }
  assert.is(await reasonOf('on', false), 'OK')
  assert.is(await reasonOf('off', true), 'PoolDisabled')
})

native('natively a tier waits for its policies', async () => {
  const cluster = clusterOf('native')
  const [tiers, policies] = [typeOf('native', 'Tier'), typeOf('native', 'GlobalNetworkPolicy')]
  ok(await cluster.create(tiers, resource('Tier', {}, 'ops'))())
  const policy = ok(await cluster.create(policies, resource('GlobalNetworkPolicy', { tier: 'ops' }))())
  const held = await eventually('a finalizer', async () => {
    const tier = ok(await cluster.get({ type: tiers, name: 'ops' })())
    return tier.metadata.finalizers === undefined ? undefined : tier
  })
  ok(await cluster.remove({ type: tiers, name: 'ops' }, exactly(held))())
  const message = await eventually('a condition', async () => {
    const { status } = ok(await cluster.get({ type: tiers, name: 'ops' })())
    return Object(status).conditions?.[0]?.message
  })
  assert.is(message, 'Waiting for policies to be removed: 1 GlobalNetworkPolicy')
  ok(await cluster.remove(refOf(policies, policy), exactly(policy))())
  await eventually('the tier is gone', async () => {
    const found = await cluster.get({ type: tiers, name: 'ops' })()
    return found._tag === 'Left' ? true : undefined
  })
})

native('one name in two tiers is one object, which apply moves', async () => {
  for (const mode of ['native', 'crd'] as const) {
    const cluster = clusterOf(mode)
    assert.is((await run(cluster, 'create', resource('Tier', {}, 'ops'))).exitCode, 0)
    await run(cluster, 'create', resource('NetworkPolicy', {}))
    const moved = resource('NetworkPolicy', { tier: 'ops' })
    assert.match((await run(cluster, 'create', moved)).stderr, /failed to create .*already exists/)
    assert.match((await run(cluster, 'apply', moved)).stdout, /Successfully applied 1/)
    const type = typeOf(mode, 'NetworkPolicy')
    const { items } = ok(await cluster.list(type)())
    assert.equal(
      items.map(({ metadata, spec }) => [metadata.name, Object(spec).tier, metadata.labels]),
      [['a', 'ops', { 'projectcalico.org/tier': 'ops' }]],
    )
  }
})

native.run()
