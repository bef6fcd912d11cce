import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Program } from '../../../src/cluster/memory.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { ownerSelector } from '../../../src/runner/state/owner-labels.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { calicoctl, type MemoryClusterOptions, memoryCluster } from '../../../src/testing/index.js'
import { startMetronome } from '../../metronome.js'
import { intercepted, recorded } from '../intercept.js'
import { edit, failureOf, listAll } from '../observe.js'

const outcome = suite('what is reported')

const policy = (name: string, order = 1) =>
  networkPolicy(name, 'shop').order(order).selector("app == 'w'").allowIngress({})
const five = ['a', 'b', 'c', 'd', 'e'].map((name) => policy(name))
const image = 'calico/ctl'

const runnerOn = (options: MemoryClusterOptions) => {
  const cluster = memoryCluster({ namespaces: ['shop'], ...options })
  return { cluster, runner: createRunner({ owner: 'own', cluster, namespace: 'shop' }) }
}

const refusing = (names: ReadonlyArray<string>): MemoryClusterOptions => ({
  webhook: (type, object) =>
    type.resource === 'networkpolicies' && names.includes(object.metadata.name)
      ? `no ${object.metadata.name.toUpperCase()} here`
      : undefined,
})

for (const letters of ['a', 'c', 'e', 'ace', 'abcde']) {
  outcome(`I7: names each of the items that a webhook refuses with its own cause: ${letters}`, async () => {
    const { runner } = runnerOn(refusing([...letters].map((letter) => `default.${letter}`)))
    const failure = failureOf(await runner.te.apply(five)())
    if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
    const told = failure.report.items.map((item) => [
      item.name.at(-2),
      item.outcome,
      'cause' in item ? /no DEFAULT\.(\w) here/.exec(item.cause)?.[1]?.toLowerCase() : undefined,
    ])
    assert.equal(
      told,
      [...'abcde'].map((it) => (letters.includes(it) ? [it, 'failed', it] : [it, 'created', undefined])),
    )
  })
}

const lying = (lie: (real: Awaited<ReturnType<Program>>) => Awaited<ReturnType<Program>>): Program => {
  const real = calicoctl()
  return async (run) => lie(await real(run))
}

outcome('I7: believes the cluster and not a calicoctl that claims a success', async () => {
  const idle: Program = async () => ({
    exitCode: 0,
    stdout: "Successfully created 5 'NetworkPolicy' resource(s)\n",
    stderr: '',
  })
  const { runner } = runnerOn({ programs: { [image]: idle } })
  const failure = failureOf(await runner.te.apply(five)())
  assert.is(failure._tag, 'CalicoctlFailed')
  assert.ok(failure._tag === 'CalicoctlFailed' && failure.report.items.every((it) => it.outcome === 'failed'))
})

outcome('I7: believes the cluster and not a calicoctl that claims a failure', async () => {
  const moaning = lying((real) => ({
    ...real,
    exitCode: 1,
    stderr: 'Hit error: [resource already exists: NetworkPolicy(shop/default.a)]\n',
  }))
  const { runner } = runnerOn({ programs: { [image]: moaning } })
  const report = await runner.apply(five, { rollback: true })
  assert.ok(report.items.every((it) => it.outcome === 'created'))
  assert.equal(report.warnings, [
    'calicoctl ended with exit code 1, but every item is as it should be; it said: ' +
      "Successfully created 5 'NetworkPolicy' resource(s)\n" +
      'Hit error: [resource already exists: NetworkPolicy(shop/default.a)]',
  ])
  assert.equal((await runner.apply(five)).warnings, [])
})

outcome('I7: tells of the failing calicoctl also where the deletions of prune fail', async () => {
  const plain = memoryCluster({
    namespaces: ['shop'],
    programs: { [image]: lying((real) => ({ ...real, exitCode: 2 })) },
  })
  await createRunner({ owner: 'own', cluster: plain, namespace: 'shop' }).apply([policy('a'), policy('b')])
  const cluster = intercepted(plain, async ({ method, path }) =>
    method === 'DELETE' && path.endsWith('/default.b') ? 'no reply' : undefined,
  )
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const failure = failureOf(await runner.te.apply([policy('a', 2)], { prune: true })())
  if (failure._tag !== 'PruneIncomplete') return assert.unreachable(failure.message)
  assert.match(failure.report.warnings[0] ?? '', /^calicoctl ended with exit code 2, /)
})

outcome('I7: knows each outcome when all of the log is lost', async () => {
  const mute = lying((real) => ({ ...real, stdout: '', stderr: '' }))
  const { runner } = runnerOn({ ...refusing(['default.c']), programs: { [image]: mute } })
  const failure = failureOf(await runner.te.apply(five)())
  if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
  assert.equal(
    failure.report.items.map((it) => it.outcome),
    ['created', 'created', 'failed', 'created', 'created'],
  )
  assert.ok(failure.report.items.every((it) => !('cause' in it) || it.cause === 'calicoctl gave no reason'))
})

outcome('I7: blames no calicoctl that did not run', async () => {
  const { runner } = runnerOn({})
  const failure = failureOf(await runner.te.apply([networkPolicy('a', 'nowhere').allowIngress()])())
  if (failure._tag !== 'Interrupted') return assert.unreachable(failure.message)
  assert.match(failure.message, 'namespaces "nowhere" not found')
  for (const it of failure.report.items)
    assert.equal(it, { name: it.name, outcome: 'failed', cause: 'calicoctl did not get that far' })
})

outcome('I8: calls nothing done that it cannot read back', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  let ended = false
  const blind = intercepted(cluster, async ({ method, path }) => {
    if (method === 'GET' && path.includes('/log')) ended = true
    return ended && method === 'GET' && path.endsWith('/networkpolicies') ? 'no reply' : undefined
  })
  const runner = createRunner({ owner: 'own', cluster: blind, namespace: 'shop' })
  const failure = failureOf(await runner.te.apply(five)())
  if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
  assert.ok(failure.report.items.every((it) => it.outcome === 'unknown'))
})

outcome('I8: calls an item unknown while a pod that it cannot stop may still write it', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], fault: () => 'Hangs' })
  const stuck = intercepted(cluster, async ({ method, path }) =>
    method === 'DELETE' && path.includes('/jobs/') ? 'no reply' : undefined,
  )
  const times = { timeoutMs: 1_500, graceMs: 1_000, lockout: 'ignore' } as const
  const runner = createRunner({ owner: 'own', cluster: stuck, namespace: 'shop', ...times })
  const failure = failureOf(await runner.te.apply(five)())
  if (failure._tag !== 'PodFailed') return assert.unreachable(failure.message)
  assert.ok(failure.report.items.every((it) => it.outcome === 'unknown'))
  assert.ok(failure.report.left.some(({ name }) => /job/i.test(name)))
})

outcome('I5: a second apply, plan and status write nothing; nor does a second cleanup', async () => {
  const plain = memoryCluster({ namespaces: ['shop'] })
  const { cluster, writes } = recorded(plain)
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  await runner.plan(five)
  assert.equal(writes, [], 'plan')
  await runner.apply(five)
  assert.ok(writes.length > 0)
  writes.length = 0
  assert.ok((await runner.apply(five, { prune: true })).items.every((it) => it.outcome === 'unchanged'))
  await runner.plan(five.slice(1), { prune: true })
  await runner.status()
  assert.equal(writes, [])
  await runner.cleanup()
  writes.length = 0
  assert.equal((await runner.cleanup()).removed, [])
  assert.equal(writes, [], 'cleanup')
})

outcome('takes back what a failed run wrote, and nothing that others changed since', async () => {
  const rejected = new Set<string>()
  const { cluster, runner } = runnerOn({
    webhook: (type, object) =>
      type.resource === 'networkpolicies' && rejected.has(object.metadata.name) ? 'no' : undefined,
  })
  await runner.apply([policy('a'), policy('same')])
  rejected.add('default.e')
  const failure = failureOf(
    await runner.te.apply([policy('a', 2), policy('same'), policy('b'), policy('e')], { rollback: true })(),
  )
  if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
  assert.equal(failure.report.items.map(({ name, outcome }) => `${name.at(-2)} ${outcome}`).sort(), [
    'a reverted',
    'b reverted',
    'e failed',
    'e unchanged',
  ])
  assert.equal(failure.report.left, [])
  assert.equal((await runner.plan([policy('a'), policy('same')])).changes, false)
  assert.equal(await listAll(cluster, ownerSelector('own')), [
    'NetworkPolicy default.a',
    'NetworkPolicy default.same',
  ])
})

outcome('says what could not be taken back', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], ...refusing(['default.e']) })
  const meddling = intercepted(cluster, async ({ method, path }) => {
    if (method !== 'DELETE' || !path.endsWith('/default.b')) return undefined
    await edit(cluster, storageType('NetworkPolicy'), 'default.b', 'shop', { order: 77 })
    return undefined
  })
  const runner = createRunner({ owner: 'own', cluster: meddling, namespace: 'shop' })
  const failure = failureOf(await runner.te.apply([policy('b'), policy('e')], { rollback: true })())
  if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
  assert.equal(
    failure.report.items.map((it) => it.outcome),
    ['created', 'failed'],
  )
  assert.match(failure.report.left[0]?.cause ?? '', /could not be taken back: someone else has changed it/)
})

outcome('fails when a deletion of prune does', async () => {
  const plain = memoryCluster({ namespaces: ['shop'] })
  await createRunner({ owner: 'own', cluster: plain, namespace: 'shop' }).apply(five)
  const cluster = intercepted(plain, async ({ method, path }) =>
    method === 'DELETE' && path.endsWith('/default.c') ? 'no reply' : undefined,
  )
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
  const failure = failureOf(await runner.te.apply([policy('a')], { prune: true })())
  if (failure._tag !== 'PruneIncomplete') return assert.unreachable(failure.message)
  assert.equal(failure.report.items.map(({ name, outcome: it }) => `${name.at(-2)} ${it}`).sort(), [
    'a unchanged',
    'b deleted',
    'c unknown',
    'd deleted',
    'e deleted',
  ])
})

outcome('I12: settles when the server never answers, whatever is called', async () => {
  const plain = memoryCluster({ namespaces: ['shop'] })
  const cluster = intercepted(plain, () => new Promise<never>(() => {}))
  const runner = createRunner({ owner: 'own', cluster, namespace: 'shop', timeoutMs: 300, graceMs: 300 })
  const metronome = startMetronome()
  const results = await Promise.all([
    runner.te.plan(five)(),
    runner.te.apply(five)(),
    runner.te.status()(),
    runner.te.cleanup()(),
  ])
  assert.ok(results.every(E.isLeft))
  metronome.stop()
  assert.ok(metronome.elapsedMs() < 2_000, `${metronome.elapsedMs()} ms`)
})

outcome.run()
