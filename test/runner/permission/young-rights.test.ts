import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { calicoctl, memoryCluster, type Program } from '../../../src/testing/index.js'
import { labelled, snapshot } from '../../faults/cluster-snapshot.js'
import { status } from '../intercept.js'
import { failureOf } from '../observe.js'

const young = suite('young rights')
const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})
const wanted = [
  policy('changed', 2),
  policy('new'),
  globalNetworkPolicy('all').selector("app == 'w'").denyIngress({}),
]

/** calicoctl, to which its rights, or those on some paths, are not yet known for the first `times` runs. */
const youngFor = (times: number, paths = /./): { readonly program: Program; readonly runs: () => number } => {
  let runs = 0
  const real = calicoctl()
  const program: Program = async (run) => {
    const denied = ++runs <= times
    const send: typeof run.send = async (request) =>
      denied && paths.test(request.path)
        ? status(403, 'Forbidden', `x is forbidden: User "${run.user}" cannot get resource "x"`)
        : run.send(request)
    return real({ ...run, send })
  }
  return { program, runs: () => runs }
}

young('I11: a right that holds only a moment later is waited for', async () => {
  const { program, runs } = youngFor(2)
  const cluster = memoryCluster({ namespaces: ['shop'], programs: { 'calico/ctl': program } })
  const report = await createRunner({ owner: 'own', cluster, namespace: 'shop' }).apply(wanted)
  assert.is(runs(), 3)
  assert.ok(report.items.every((item) => item.outcome === 'created'))
  assert.equal(report.left, [])
})

young(
  'I11: what was written before a right held is no failure of the next attempt, but a warning',
  async () => {
    const { program } = youngFor(2, /globalnetworkpolicies/)
    const cluster = memoryCluster({ namespaces: ['shop'], programs: { 'calico/ctl': program } })
    const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
    const report = await runner.apply(wanted, { rollback: true })
    assert.ok(report.items.every((item) => item.outcome === 'created'))
    assert.match(
      report.warnings.join(),
      /exit code 1, .*resource already exists: NetworkPolicy\(shop\/.*new\)/s,
    )
  },
)

young('I11: a right that never holds is given up on in bounded time, and nothing is left', async () => {
  const { program, runs } = youngFor(Number.POSITIVE_INFINITY)
  const cluster = memoryCluster({ namespaces: ['shop'], programs: { 'calico/ctl': program } })
  const failure = failureOf(
    await createRunner({ owner: 'own', cluster, namespace: 'shop' }).te.apply(wanted)(),
  )
  assert.is(failure._tag, 'CalicoctlFailed')
  assert.match(failure.message, /cannot get resource/)
  assert.is(runs(), 4)
  assert.equal(labelled(await snapshot(cluster), 'own'), [])
})

young.run()
