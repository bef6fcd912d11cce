import * as assert from 'uvu/assert'
import type { Cluster } from '../../src/cluster/port.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { ownerSelector } from '../../src/runner/ownership.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import type { RunnerOptions } from '../../src/runner/settings.js'
import { storageType } from '../../src/runner/storage.js'
import { edit, failureOf, left, listAll } from './observe.js'

/** A cluster for one fact: with Calico, and a namespace of its own. */
export interface World {
  readonly cluster: Cluster
  readonly namespace: string
}

type OnWorld = (fact: string, test: (world: World) => Promise<void>) => void

const runnerOf = (world: World, options: Partial<RunnerOptions> = {}): Runner =>
  createRunner({
    owner: `own-${world.namespace}`,
    cluster: world.cluster,
    namespace: world.namespace,
    ...options,
  })

const policiesIn = ({ namespace }: World) =>
  [
    networkPolicy('web', namespace)
      .order(10)
      .selector("app == 'web'")
      .allowIngress({ protocol: 'TCP', destination: { ports: [80] } }),
    globalNetworkPolicy(`deny-${namespace}`)
      .order(900)
      .selector(`projectcalico.org/namespace == '${namespace}' && quarantine == 'yes'`)
      .denyIngress({}),
  ] as const

/** What a Runner promises, on any cluster. The in-memory cluster counts because the lab passes the same. */
export const runnerContract = (onWorld: OnWorld): void => {
  onWorld('plans to create what is absent, and writes nothing', async (world) => {
    const plan = await runnerOf(world).plan(policiesIn(world))
    assert.equal(
      plan.items.map((item) => item.action),
      ['create', 'create'],
    )
    assert.is(plan.changes, true)
    assert.equal(await listAll(world.cluster, ownerSelector(`own-${world.namespace}`)), [])
  })

  onWorld('creates what is absent, and leaves nothing of the run', async (world) => {
    const report = await runnerOf(world).apply(policiesIn(world))
    assert.equal(
      report.items.map((item) => item.outcome),
      ['created', 'created'],
    )
    assert.equal(report.left, [])
    const names = await listAll(world.cluster, ownerSelector(`own-${world.namespace}`))
    assert.equal(names, [`GlobalNetworkPolicy default.deny-${world.namespace}`, 'NetworkPolicy default.web'])
  })

  onWorld('applies twice as once: the second run starts no pod', async (world) => {
    const runner = runnerOf(world)
    await runner.apply(policiesIn(world))
    const events: Array<string> = []
    const again = runner.apply(policiesIn(world))
    for await (const event of again) events.push(event._tag)
    assert.equal(
      (await again).items.map((item) => item.outcome),
      ['unchanged', 'unchanged'],
    )
    assert.not(events.includes('Created'))
  })

  onWorld('replaces what has changed, and names the field', async (world) => {
    const [web, deny] = policiesIn(world)
    const runner = runnerOf(world)
    await runner.apply([web, deny])
    const plan = await runner.plan([web.order(11), deny])
    const [update] = plan.items
    assert.equal(update?.action === 'update' && update.changes.map(({ field }) => field), ['spec.order'])
    const report = await runner.apply([web.order(11), deny])
    assert.equal(report.items.map((item) => item.outcome).sort(), ['unchanged', 'updated'])
  })

  onWorld(
    'refuses an object of the same name that another owner has, and leaves it as it is',
    async (world) => {
      const [web] = policiesIn(world)
      await runnerOf(world, { owner: `other-${world.namespace}` }).apply([web])
      const failure = failureOf(await runnerOf(world).te.apply([web.order(11)])())
      assert.is(failure._tag, 'Foreign')
      const plan = await runnerOf(world, { owner: `other-${world.namespace}` }).plan([web])
      assert.is(plan.changes, false)
    },
  )

  onWorld('prunes what is no longer named', async (world) => {
    const [web, deny] = policiesIn(world)
    const runner = runnerOf(world)
    await runner.apply([web, deny])
    const report = await runner.apply([web], { prune: true })
    assert.equal(report.items.map(({ outcome }) => outcome).sort(), ['deleted', 'unchanged'])
    assert.equal(await listAll(world.cluster, ownerSelector(`own-${world.namespace}`)), [
      'NetworkPolicy default.web',
    ])
  })

  onWorld('tells what it has, and what has drifted', async (world) => {
    const [web, deny] = policiesIn(world)
    const runner = runnerOf(world)
    await runner.apply([web, deny])
    assert.equal(
      (await runner.status()).resources.map(({ drifted }) => drifted),
      [false, false],
    )
    await edit(world.cluster, storageType('NetworkPolicy'), 'default.web', world.namespace, { order: 42 })
    const { resources, runs } = await runner.status()
    assert.equal(resources.find(({ drifted }) => drifted)?.name, `NetworkPolicy(${world.namespace}/web)`)
    assert.equal(runs, [])
  })

  onWorld('explains a calicoctl that may not write, and leaves nothing of the run', async (world) => {
    const runner = runnerOf(world, { rbac: { serviceAccount: 'default' } })
    const failure = failureOf(await runner.te.apply(policiesIn(world))())
    assert.is(failure._tag, 'CalicoctlFailed')
    if (failure._tag !== 'CalicoctlFailed') return
    assert.is(failure.exitCode, 1)
    assert.match(failure.stderr, /unauthorized|forbidden/i)
    assert.equal(await listAll(world.cluster, ownerSelector(`own-${world.namespace}`)), [])
  })

  onWorld('tells a calicoctl of another version by its versions', async (world) => {
    const runner = runnerOf(world, { image: { name: 'docker.io/calico/ctl:v3.28.4' } })
    const failure = failureOf(await runner.te.apply(policiesIn(world))())
    assert.is(failure._tag, 'VersionMismatch')
    assert.equal(left(failure), [])
    assert.equal(await listAll(world.cluster, ownerSelector(`own-${world.namespace}`)), [])
  })

  onWorld('gives up on an image that cannot be pulled, and leaves nothing of the run', async (world) => {
    const runner = runnerOf(world, { image: { name: 'no-such.test/calico/ctl:v0' } })
    const failure = failureOf(await runner.te.apply(policiesIn(world))())
    assert.is(failure._tag === 'PodFailed' && failure.problem, 'ImagePull')
    assert.equal(await listAll(world.cluster, ownerSelector(`own-${world.namespace}`)), [])
  })

  onWorld('refuses bad resources before anything is read', async (world) => {
    const [web, deny] = policiesIn(world)
    const bad = { ...web, spec: { ...web.spec, selector: "app = 'web'" } }
    const failure = failureOf(await runnerOf(world).te.apply([bad, deny, deny])())
    assert.is(failure._tag, 'Invalid')
    assert.equal(
      failure._tag === 'Invalid' &&
        failure.issues.map(({ rule }) => rule.replace(/^selector-.*/, 'selector')),
      ['selector', 'duplicate-resource'],
    )
  })

  onWorld('ends with Aborted when its signal fires, and leaves nothing of the run', async (world) => {
    const controller = new AbortController()
    const run = runnerOf(world).apply(policiesIn(world), { signal: controller.signal })
    for await (const event of run) if (event._tag === 'Created') controller.abort()
    const failure = failureOf(await run.result)
    assert.is(failure._tag === 'Interrupted' && failure.cause._tag, 'Aborted')
    const names = await listAll(world.cluster, ownerSelector(`own-${world.namespace}`))
    assert.equal(
      names.filter((name) => !name.includes('NetworkPolicy')),
      [],
    )
  })

  onWorld('lets one run of an owner at a time write', async (world) => {
    const results = await Promise.all([1, 2].map(() => runnerOf(world).te.apply(policiesIn(world))()))
    const tags = results.map((result) => (result._tag === 'Right' ? 'Right' : result.left._tag)).sort()
    assert.equal(tags, ['Busy', 'Right'])
  })

  onWorld('cleans up everything of its owner and nothing else, twice as once', async (world) => {
    const [web, deny] = policiesIn(world)
    const other = runnerOf(world, { owner: `other-${world.namespace}` })
    await runnerOf(world).apply([web])
    await other.apply([deny])
    const first = await runnerOf(world).cleanup()
    assert.equal(first.removed, [`NetworkPolicy(${world.namespace}/web)`])
    assert.equal((await runnerOf(world).cleanup()).removed, [])
    assert.is((await other.plan([deny])).changes, false)
    assert.equal((await other.cleanup()).removed.length, 1)
  })
}
