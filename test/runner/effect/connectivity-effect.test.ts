import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import {
  globalNetworkPolicy,
  hostEndpoint,
  networkPolicy,
  orThrow,
  stagedNetworkPolicy,
} from '../../../src/index.js'
import { printPlan } from '../../../src/runner/apply/print-plan.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { intercepted, recorded, status } from '../intercept.js'
import { failureOf } from '../observe.js'
import { runningPod } from '../world/world-objects.js'

const effects = suite('what a plan opens and closes')

const slice: KubeObject = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'api-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['10.0.0.2'], targetRef: { kind: 'Pod', namespace: 'shop', name: 'api' } }],
  ports: [{ port: 80, protocol: 'TCP' }],
}
const objects = [runningPod('shop', 'web', '10.0.0.1'), runningPod('shop', 'api', '10.0.0.2'), slice]
const shop = () => memoryCluster({ namespaces: ['shop'], objects })
const runnerOf = (cluster: ReturnType<typeof intercepted>) =>
  createRunner({ owner: 'shop', cluster, lockout: 'ignore' })

const ofApi = networkPolicy('api', 'shop').selector("app == 'api'")
const fromWeb = ofApi.allowIngress({
  protocol: 'TCP',
  source: { selector: "app == 'web'" },
  destination: { ports: [80] },
})
const names = (members: ReadonlyArray<{ readonly name: string }>) => members.map(({ name }) => name)

effects('a plan says it as data, and its printed form as text', async () => {
  const plan = await runnerOf(shop()).plan([fromWeb], { connectivity: true })
  const { changes = [], services, unread, refused } = plan.connectivity ?? {}
  const closes = changes.find(({ from }) => names(from).includes('shop/web'))
  assert.equal(closes && names(closes.to), ['shop/api'])
  assert.equal(closes && [closes.before, closes.after], ['allowed', 'denied'])
  assert.ok(changes.every(({ after }) => after === 'denied'))
  assert.equal([services, unread, refused], [['shop/api'], [], []])
  const text = printPlan(plan)
  assert.match(text, /^Opens and closes:$/m)
  assert.match(text, /^ {2}- shop\/web.* → shop\/api: .*TCP 1:79, 81:65535.* \(was allowed\)$/m)
  assert.match(text, /^Services: shop\/api$/m)
})

effects('an update and a deletion are seen as what they change', async () => {
  const cluster = shop()
  const runner = runnerOf(cluster)
  await runner.apply([fromWeb])
  const wider = ofApi.allowIngress({ protocol: 'TCP', source: { selector: "app == 'web'" } })
  const update = (await runner.plan([wider], { connectivity: true })).connectivity?.changes ?? []
  assert.equal(
    update.map(({ from, to, after, traffic }) => [names(from), names(to), after, traffic]),
    [[['shop/web'], ['shop/api'], 'allowed', [{ protocol: 'TCP', ports: ['1:79', '81:65535'] }]]],
  )
  const gone = (await runner.plan([], { prune: true, connectivity: true })).connectivity?.changes ?? []
  assert.ok(gone.length > 0 && gone.every(({ after }) => after === 'allowed'))
  const nothing = await runner.plan([fromWeb], { connectivity: true })
  assert.equal(nothing.connectivity?.changes, [])
  assert.match(printPlan(nothing), /^Opens and closes: nothing$/m)
})

effects('a staged policy closes nothing, and it is said what it would', async () => {
  const cluster = memoryCluster({ calico: '3.30.2', namespaces: ['shop'], objects })
  const staged = stagedNetworkPolicy('api', 'shop').selector("app == 'api'").denyIngress()
  const { connectivity } = await runnerOf(cluster).plan([staged], { connectivity: true })
  assert.equal(connectivity?.changes, [])
  assert.ok(
    connectivity?.staged?.some(({ to, after }) => names(to).includes('shop/api') && after === 'denied'),
  )
})

effects('apply refuses what it is told to, before it writes', async () => {
  const { cluster, writes } = recorded(shop())
  const runner = runnerOf(cluster)
  const failure = failureOf(await runner.te.apply([fromWeb], { refuse: ['closes'] })())
  if (failure._tag !== 'ConnectivityRefused') return assert.unreachable(failure._tag)
  assert.match(failure.message, /it closes what was open: - .*shop\/api/)
  assert.equal(failure.refused, ['closes'])
  assert.equal(writes, [])
  const { connectivity } = await runner.apply([fromWeb], { refuse: ['opens'] })
  assert.ok((connectivity?.changes.length ?? 0) > 0)
  const opened = failureOf(await runner.te.apply([ofApi.allowIngress({})], { refuse: ['opens'] })())
  assert.is(opened._tag, 'ConnectivityRefused')
  const plan = orThrow(await runner.te.plan([ofApi.allowIngress({})], { refuse: ['opens', 'closes'] })())
  assert.equal(plan.connectivity?.refused, ['opens'])
  assert.match(printPlan(plan), /^apply would refuse it: opens$/m)
})

effects('where policies may not be read, nothing is promised: what is to be refused is refused', async () => {
  const blind = intercepted(shop(), async ({ path }) =>
    path.endsWith('/crd.projectcalico.org/v1/globalnetworkpolicies')
      ? status(403, 'Forbidden', 'globalnetworkpolicies is forbidden')
      : undefined,
  )
  const plan = await runnerOf(blind).plan([fromWeb], { connectivity: true })
  assert.match(printPlan(plan), /not read, so that what depends on it is unknown:\n {2}GlobalNetworkPolicy: /)
  const failure = failureOf(await runnerOf(blind).te.apply([fromWeb], { refuse: ['opens'] })())
  assert.is(failure._tag, 'ConnectivityRefused')
  assert.match(failure.message, /cannot be known.*GlobalNetworkPolicy/)
})

effects('a policy for all closes it for addresses, too', async () => {
  const all = globalNetworkPolicy('closed').selector("projectcalico.org/namespace == 'shop'").denyIngress()
  const { connectivity } = await runnerOf(shop()).plan([all], { connectivity: true })
  const from = connectivity?.changes.flatMap((it) => names(it.from)) ?? []
  assert.ok(from.includes('any address'))
})

effects('a policy of hosts is seen as what it does to nodes', async () => {
  const cluster = shop()
  const endpoint = hostEndpoint('memory', 'memory')
    .interfaceName('*')
    .expectedIPs('192.0.2.1')
    .labels({ host: 'memory' })
  await runnerOf(cluster).apply([endpoint.profiles('projectcalico-default-allow')])
  const deny = globalNetworkPolicy('hosts')
    .selector('has(host)')
    .denyIngress({ protocol: 'TCP', destination: { ports: [8080] } })
  const { connectivity } = await runnerOf(cluster).plan([deny.allowIngress({})], { connectivity: true })
  const closed = connectivity?.changes.find(({ to }) => names(to).includes('node memory'))
  assert.is(closed?.after, 'denied')
  assert.ok(closed && names(closed.from).includes('any address'))
  assert.equal(closed?.traffic, [{ protocol: 'TCP', ports: [8080] }])
})

effects('a refusal of another word is a wrong option', async () => {
  const failure = failureOf(await runnerOf(shop()).te.plan([], { refuse: ['open' as never] })())
  assert.is(failure._tag, 'BadOption')
})

effects.run()
