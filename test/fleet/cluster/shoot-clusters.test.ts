import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { ClusterError } from '../../../src/cluster/error.js'
import type { Cluster } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { shootClusters } from '../../../src/fleet/cluster/shoot-clusters.js'
import { runFleet } from '../../../src/fleet/run/run-fleet.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { serveMemory, tokenOf } from '../../../src/testing/serve-memory.js'
import { expiring } from '../expiring.js'
import { gardenOf, shootOf } from './garden.js'

const shooting = suite('shootClusters')

const runner = { owner: 'fleet' }
const resources = [globalNetworkPolicy('deny-all').denyIngress()]

/** Each shoot in memory; what a kubeconfig says is its name. */
const inMemory = (names: ReadonlyArray<string>) => {
  const clusters = new Map<string, Cluster>(names.map((name) => [name, memoryCluster()]))
  return async (kubeconfig: string) => E.right(clusters.get(kubeconfig) as Cluster)
}

const named = ({ shoot }: { readonly shoot: string }): string => shoot

shooting('names all of the project, and those on which nothing can be done', async () => {
  const shoots = [
    shootOf('web'),
    shootOf('asleep', { spec: { networking: { type: 'calico' }, hibernation: { enabled: true } } }),
    shootOf('waking', { status: { hibernated: true } }),
    shootOf('cilium', { spec: { networking: { type: 'cilium' } } }),
    shootOf('workerless', { spec: {} }),
    shootOf('young', { status: { lastOperation: { type: 'Create', state: 'Processing' } } }),
  ]
  const garden = gardenOf(shoots, named)
  const clusters = orThrow(await shootClusters({ garden: garden.cluster, project: 'core' })())
  assert.equal(clusters.map(({ name, unfit }) => `${name} ${unfit?.reason ?? 'fit'}`).sort(), [
    'core/asleep hibernated',
    'core/cilium no-calico',
    'core/waking hibernated',
    'core/web fit',
    'core/workerless no-calico',
    'core/young not-created',
  ])
  assert.equal(garden.issued, [], 'no credentials are asked for yet')
})

shooting('takes those that the selector matches, and says when it matches none', async () => {
  const shoots = [shootOf('web', {}, { environment: 'live' }), shootOf('lab', {}, { environment: 'lab' })]
  const garden = gardenOf(shoots, named)
  const select = (value: string) =>
    shootClusters({
      garden: garden.cluster,
      project: 'core',
      selector: { matchLabels: { environment: value } },
    })()
  assert.equal(
    orThrow(await select('live')).map(({ name, labels }) => [name, labels]),
    [['core/web', { environment: 'live' }]],
  )
  const none = await select('test')
  assert.is(E.isLeft(none) && none.left._tag, 'NoClusters')
  const wrong = await select('no such value')
  assert.is(E.isLeft(wrong) && wrong.left._tag, 'Invalid')
})

shooting('plans as a viewer, applies as an administrator, for ten minutes', async () => {
  const garden = gardenOf([shootOf('web')], named)
  const connect = inMemory(['web'])
  const clusters = orThrow(await shootClusters({ garden: garden.cluster, project: 'core', connect })())
  await runFleet(clusters, { task: 'plan', resources, runner })
  assert.equal(garden.issued, [{ shoot: 'web', access: 'viewer', expirationSeconds: 600 }])
  await runFleet(clusters, { task: 'apply', resources, runner })
  assert.equal(garden.issued.slice(1), [{ shoot: 'web', access: 'admin', expirationSeconds: 600 }])
})

shooting('a shoot whose credentials are refused is named, and the others go on', async () => {
  const shoots = [shootOf('a'), shootOf('b'), shootOf('c', { spec: { networking: { type: 'cilium' } } })]
  const garden = gardenOf(shoots, ({ shoot }) => (shoot === 'a' ? undefined : shoot))
  const connect = inMemory(['b'])
  const clusters = orThrow(await shootClusters({ garden: garden.cluster, project: 'core', connect })())
  const ended = await runFleet(clusters, { task: 'apply', resources, runner }).result
  assert.ok(E.isLeft(ended) && ended.left._tag === 'FleetIncomplete')
  const { results } = ended.left.report
  assert.equal(
    results.map((it) => `${it.cluster} ${it.outcome}`),
    ['core/a failed', 'core/b done', 'core/c skipped'],
  )
  assert.match(ended.left.message, /^1 done, 1 failed, 1 skipped; core\/a: .*shoots\/a\/adminkubeconfig/)
})

shooting('credentials that expire amid an apply are got anew, and the apply goes on', async () => {
  const target = memoryCluster({ calico: '3.32.1', native: true })
  let issued = 0
  /** What a kubeconfig opens: the first one is let in for so many calls. */
  const connect = async (): Promise<E.Either<ClusterError, Cluster>> => {
    issued += 1
    return E.right(issued === 1 ? expiring(target, 12) : target)
  }
  const garden = gardenOf([shootOf('web')], named)
  const clusters = orThrow(await shootClusters({ garden: garden.cluster, project: 'core', connect })())
  const many = Array.from({ length: 30 }, (_, index) => globalNetworkPolicy(`p-${index}`).denyIngress())
  const native = { ...runner, transport: 'api', kinds: ['GlobalNetworkPolicy'] } as const
  const report = await runFleet(clusters, { task: 'apply', resources: many, runner: native })
  assert.equal(
    report.results.map((it) => 'counts' in it && it.counts),
    [{ created: 30 }],
  )
  assert.is(issued, 2)
})

shooting('a selector is read before the garden is asked, and each fault has its place', async () => {
  const garden = gardenOf([shootOf('web')], named)
  const asked: Array<string> = []
  const watched: Cluster = {
    ...garden.cluster,
    get: (...args) => {
      asked.push('get')
      return garden.cluster.get(...args)
    },
  }
  const paths = async (selector: object) => {
    const found = await shootClusters({ garden: watched, project: 'core', selector })()
    return E.isLeft(found) && found.left._tag === 'Invalid'
      ? found.left.issues.map(({ path }) => `${path}`)
      : []
  }
  assert.equal(await paths({ matchLabels: { 'a b': 'c' } }), ['selector,matchLabels,a b'])
  assert.equal(await paths({ matchExpressions: [{ key: 'a', operator: 'Is' }] }), [
    'selector,matchExpressions,0,operator',
  ])
  assert.equal(await paths({ matchLabel: { a: 'b' } }), ['selector,matchLabel'])
  assert.equal(await paths({}), ['selector'])
  assert.equal(asked, [])
})

shooting('by a kubeconfig of a real server; credentials that expire early are got anew', async () => {
  const shoot = memoryCluster()
  const { url, close } = await serveMemory(shoot.server)
  let valid = 'stale'
  const kubeconfig = () =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'web',
      contexts: [{ name: 'web', context: { cluster: 'web', user: 'web' } }],
      clusters: [{ name: 'web', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'web', user: { token: valid } }],
    })
  try {
    const garden = gardenOf([shootOf('web')], () => {
      const text = kubeconfig()
      // The first token is not let in; the next is an account's without rights.
      valid = tokenOf('viewer')
      return text
    })
    const clusters = orThrow(await shootClusters({ garden: garden.cluster, project: 'core' })())
    const ended = await runFleet(clusters, { task: 'status', runner }).result
    assert.ok(E.isLeft(ended) && ended.left._tag === 'FleetIncomplete')
    assert.match(ended.left.message, /viewer/)
    assert.is(garden.issued.length, 2, 'it was got anew once')
  } finally {
    await close()
  }
})

shooting.run()
