import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { globalNetworkPolicy, networkPolicy, networkSet, tier } from '../../../src/index.js'
import type { ApplyReport } from '../../../src/runner/report.js'
import { createRunner, type Runner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { type Intercept, intercepted, isWrite, line, status } from '../intercept.js'
import { failureOf } from '../observe.js'

const api = suite("the Runner through Kubernetes' API")

const nativeCluster = () => memoryCluster({ namespaces: ['shop'], calico: '3.32.1', native: true })
const runnerOn = (cluster: Cluster): Runner => createRunner({ owner: 'own', cluster, transport: 'api' })

const web = networkPolicy('web', 'shop').order(10).allowIngress()
const deny = globalNetworkPolicy('deny').order(900).denyIngress()

const itemsOf = (failure: object): ReadonlyArray<unknown> =>
  ('report' in failure ? (failure.report as ApplyReport).items : []).map((item) =>
    'cause' in item ? [item.name, item.outcome, item.cause] : [item.name, item.outcome],
  )

/** A cluster that has `deny`, whose requests to write pass through `answer`. */
const after = async (answer: Intercept) => {
  const cluster = nativeCluster()
  await runnerOn(cluster).apply([deny])
  const writes: string[] = []
  const runner = runnerOn(
    intercepted(cluster, (request, send) => {
      if (!isWrite(request)) return undefined
      writes.push(line(request))
      return answer(request, send)
    }),
  )
  return { cluster, runner, writes }
}

api('refuses a cluster that does not serve projectcalico.org/v3, before it writes', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  const { te } = runnerOn(cluster)
  for (const failure of [failureOf(await te.apply([web])()), failureOf(await te.plan([web])())]) {
    assert.is(failure._tag === 'BadOption' && failure.option, 'transport')
  }
})

api('writes nothing but the resources: tiers, then sets, then policies', async () => {
  const cluster = nativeCluster()
  const writes: string[] = []
  const seen = intercepted(cluster, (request) => {
    if (isWrite(request)) writes.push(line(request).replace('/apis/projectcalico.org/v3', ''))
    return undefined
  })
  const set = networkSet('partners', 'shop').nets('192.0.2.0/24')
  await runnerOn(seen).apply([web.tier('ops'), set, tier('ops').order(5)])
  assert.equal(writes, [
    'POST /tiers',
    'POST /namespaces/shop/networksets',
    'POST /namespaces/shop/networkpolicies',
  ])
})

api('tells each item its own error, and takes back the others when rollback is wanted', async () => {
  const { runner } = await after(() => undefined)
  const nowhere = networkPolicy('lost', 'nowhere').allowIngress()
  const failure = failureOf(await runner.te.apply([web, nowhere, deny.order(901)], { rollback: true })())
  assert.is(failure._tag, 'ItemsFailed')
  assert.equal(itemsOf(failure), [
    ['NetworkPolicy(shop/web)', 'reverted', 'it was created, and taken back'],
    [
      'NetworkPolicy(nowhere/lost)',
      'failed',
      'create networkpolicies.projectcalico.org lost in nowhere: namespaces "nowhere" not found',
    ],
    ['GlobalNetworkPolicy(deny)', 'reverted', 'it was updated, and taken back'],
  ])
  assert.is((await runner.plan([deny])).changes, false)
})

api('replaces at the version that it read: what someone else has changed meanwhile stays', async () => {
  const { cluster, runner } = await after(async (request, send) => {
    if (request.method !== 'PUT') return send()
    await runnerOn(cluster).apply([deny.order(1)])
    return send()
  })
  const failure = failureOf(await runner.te.apply([deny.order(2)])())
  assert.match(String(itemsOf(failure)), /GlobalNetworkPolicy\(deny\),failed,.*has been modified/)
  assert.is((await runner.plan([deny.order(1)])).changes, false)
})

api('reads back what became of a write without a reply: done, or not known', async () => {
  const lost = await after(async (_request, send) => {
    await send()
    return 'no reply' as const
  })
  assert.equal(
    (await lost.runner.apply([web, deny])).items.map(({ outcome }) => outcome),
    ['created', 'unchanged'],
  )
  const never = await after(async () => 'no reply' as const)
  const failure = failureOf(await never.runner.te.apply([web])())
  assert.match(String(itemsOf(failure)), /NetworkPolicy\(shop\/web\),unknown,.*the connection was lost/)
})

api('stops at what would fail for every item, and says which it did not try', async () => {
  const many = Array.from({ length: 40 }, (_, index) => globalNetworkPolicy(`p${index}`).denyIngress())
  const { runner, writes } = await after(async () => status(401, 'Unauthorized', 'the token is not valid'))
  const failure = failureOf(await runner.te.apply(many)())
  assert.is(failure._tag === 'Interrupted' && failure.cause._tag, 'Unauthenticated')
  assert.ok(writes.length < 20, `${writes.length} requests`)
  assert.match(String(itemsOf(failure).at(-1)), /p39\),failed,not tried: /)
})

api('a right to look that fails for another reason is told as what is left', async () => {
  const { runner } = await after(() => undefined)
  assert.equal((await runner.cleanup()).left, [])
  const broken = runnerOn(
    intercepted(nativeCluster(), async ({ path }) =>
      path.endsWith('/jobs') ? status(400, 'BadRequest', 'no') : undefined,
    ),
  )
  const failure = failureOf(await broken.te.cleanup()())
  if (failure._tag !== 'CleanupIncomplete') return assert.unreachable(failure.message)
  assert.equal(failure.report.unsearched, [])
  assert.match(failure.message, /jobs: .*no/)
})

api('has no pod that could be cut off: nothing is refused, and nothing exempted', async () => {
  const cluster = nativeCluster()
  const runner = createRunner({ owner: 'own', cluster, transport: 'api', lockout: 'exempt' })
  const locked = globalNetworkPolicy('deny-all').types('Ingress', 'Egress')
  assert.equal((await runner.plan([locked])).items, [
    { name: 'GlobalNetworkPolicy(deny-all)', action: 'create' },
  ])
})

api('plans without a pod: nothing is made, no right handed out', async () => {
  const plan = orThrow(await runnerOn(nativeCluster()).te.plan([web])())
  assert.equal([plan.makes, plan.grants, plan.image, plan.missing], [[], [], undefined, []])
})

api.run()
