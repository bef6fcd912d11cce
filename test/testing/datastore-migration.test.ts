import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calicoctl } from '../../src/testing/calicoctl.js'
import { datastoreMigration } from '../../src/testing/index.js'
import { bad, ok } from '../cluster/contract-ground.js'
import { clusterOf, type Mode, resource, run, typeOf } from './newest.js'

const migration = suite('datastoreMigration')

type Cluster = ReturnType<typeof clusterOf>

const policy = (name: string, spec = {}) => ({
  ...resource('NetworkPolicy', spec, name),
  metadata: { name, namespace: 'shop', labels: { team: 'a' } },
})

const names = async (cluster: Cluster, mode: Mode): Promise<ReadonlyArray<string>> =>
  ok(await cluster.list(typeOf(mode, 'NetworkPolicy'))()).items.map(({ metadata }) => metadata.name)

const isReady = async (cluster: Cluster, mode: Mode): Promise<unknown> => {
  const type = { ...typeOf(mode, 'IPPool'), resource: 'clusterinformations', kind: 'ClusterInformation' }
  return Object(ok(await cluster.get({ type, name: 'default' })()).spec).datastoreReady
}

/** Stored by Calico 3.32, and, under the name of the tier, by an older release. */
const moving = async () => {
  const cluster = clusterOf('crd')
  await run(cluster, 'create', policy('web'))
  ok(
    await cluster.create(typeOf('crd', 'NetworkPolicy'), {
      ...policy('default.old'),
      apiVersion: 'crd.projectcalico.org/v1',
    })(),
  )
  return { cluster, move: datastoreMigration(cluster) }
}

migration('locks both stores, copies, and lets only the native one be used', async () => {
  const { cluster, move } = await moving()
  await move.lock()
  assert.equal([await isReady(cluster, 'crd'), await isReady(cluster, 'native')], [false, false])
  assert.equal(await move.copy(), [])
  await move.converge()
  assert.equal([await isReady(cluster, 'crd'), await isReady(cluster, 'native')], [false, true])
  assert.equal(await names(cluster, 'crd'), ['default.old', 'web'])
  assert.equal(await names(cluster, 'native'), ['old', 'web'])
  const ref = { name: 'web', namespace: 'shop' }
  const [before, after] = await Promise.all(
    (['crd', 'native'] as const).map(async (mode) =>
      ok(await cluster.get({ type: typeOf(mode, 'NetworkPolicy'), ...ref })()),
    ),
  )
  assert.is.not(after?.metadata.uid, before?.metadata.uid)
  assert.equal(after?.metadata.labels, { team: 'a', 'projectcalico.org/tier': 'default' })
  assert.equal(after?.metadata.annotations, { 'migration.projectcalico.org/migrated-by': 'v1-to-v3' })
  await move.complete()
  bad(await cluster.group('crd.projectcalico.org')(), 'NotFound')
  assert.equal(await names(cluster, 'native'), ['old', 'web'])
})

migration('calicoctl writes where nobody reads, unless it is told the group', async () => {
  const { cluster, move } = await moving()
  await move.lock()
  await move.copy()
  await move.converge()
  assert.match((await run(cluster, 'create', policy('late'))).stdout, /Successfully created 1/)
  assert.equal(await names(cluster, 'crd'), ['default.old', 'late', 'web'])
  assert.equal(await names(cluster, 'native'), ['old', 'web'])
  const told = await calicoctl('v3.32.1')({
    image: 'calico/ctl:v3.32.1',
    command: [],
    args: ['create', '-f', '/in.json'],
    env: { CALICO_API_GROUP: 'projectcalico.org/v3' },
    files: new Map([
      ['/in.json', JSON.stringify(policy('later'))],
      ['/var/run/secrets/kubernetes.io/serviceaccount/token', ''],
    ]),
    user: 'admin',
    send: (request) => cluster.server.handle(request),
    signal: new AbortController().signal,
  })
  assert.is(told.exitCode, 0)
  assert.equal(await names(cluster, 'native'), ['later', 'old', 'web'])
})

migration('names what is there already with another spec', async () => {
  const { cluster, move } = await moving()
  await move.lock()
  ok(await cluster.create(typeOf('native', 'Tier'), resource('Tier', { order: 1 }, 'default'))())
  ok(await cluster.create(typeOf('native', 'NetworkPolicy'), policy('web', { order: 7 }))())
  assert.equal(await move.copy(), ['Tier/default', 'NetworkPolicy/shop/web'])
})

migration('takes its copies away when it is called off', async () => {
  const { cluster, move } = await moving()
  await move.lock()
  await move.copy()
  await move.abort()
  assert.is(await isReady(cluster, 'crd'), true)
  assert.equal(await names(cluster, 'native'), [])
  assert.equal(await names(cluster, 'crd'), ['default.old', 'web'])
})

migration.run()
