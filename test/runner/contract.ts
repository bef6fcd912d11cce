import * as assert from 'uvu/assert'
import type { Cluster } from '../../src/cluster/port.js'
import { accessReviews } from '../../src/cluster/resource-types.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { toStorageName } from '../../src/model/storage/storage.js'
import type { RunEvent } from '../../src/runner/event.js'
import type { RunnerOptions, TransportSettings } from '../../src/runner/options.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import { ownerSelector } from '../../src/runner/state/owner-labels.js'
import { type CalicoGroup, storageType } from '../../src/runner/state/stored-resource.js'
import { edit, failureOf, left, listAll } from './observe.js'

/** A cluster for one fact: with Calico, and a namespace of its own. */
export interface World {
  readonly cluster: Cluster
  readonly namespace: string
  /** How resources are written; by a pod when left out. */
  readonly transport?: TransportSettings
  /** Where the cluster keeps them; as Calico 3.28 does when left out. */
  readonly group?: CalicoGroup
  /** The cluster's Calico; 3.28 when left out. */
  readonly calico?: string
}

export type OnWorld = (fact: string, test: (world: World) => Promise<void>) => void

export const runnerOf = (world: World, options: Partial<RunnerOptions> = {}): Runner =>
  createRunner({
    owner: `own-${world.namespace}`,
    cluster: world.cluster,
    namespace: world.namespace,
    ...(world.transport === undefined ? {} : { transport: world.transport }),
    ...options,
  })

/** All that the owner has on the cluster, its runs' objects and its policies, as they are stored. */
export const ownedIn = ({ cluster, namespace, group }: World): Promise<ReadonlyArray<string>> =>
  listAll(cluster, ownerSelector(`own-${namespace}`), group)

/** A policy's name as it is stored there. */
export const storedName = ({ calico = '3.28' }: Pick<World, 'calico'>, name: string): string =>
  toStorageName({ kind: 'NetworkPolicy', name }, calico)

export const policiesIn = ({ namespace }: World) =>
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

/** What a Runner promises, on any cluster, however it writes. The in-memory cluster counts because the lab passes the same. */
export const runnerContract = (onWorld: OnWorld): void => {
  onWorld('plans to create what is absent, and writes nothing', async (world) => {
    const plan = await runnerOf(world).plan(policiesIn(world))
    assert.equal(
      plan.items.map((item) => item.action),
      ['create', 'create'],
    )
    assert.is(plan.changes, true)
    assert.equal(await ownedIn(world), [])
  })

  onWorld('creates what is absent, and leaves nothing of the run', async (world) => {
    const report = await runnerOf(world).apply(policiesIn(world))
    assert.equal(
      report.items.map((item) => item.outcome),
      ['created', 'created'],
    )
    assert.equal(report.left, [])
    const names = await ownedIn(world)
    assert.equal(names, [
      `GlobalNetworkPolicy ${storedName(world, `deny-${world.namespace}`)}`,
      `NetworkPolicy ${storedName(world, 'web')}`,
    ])
  })

  onWorld('applies twice as once: the second run writes nothing', async (world) => {
    const runner = runnerOf(world)
    await runner.apply(policiesIn(world))
    const steps: Array<string> = []
    const again = runner.apply(policiesIn(world))
    for await (const event of again) if (event._tag === 'Started') steps.push(event.step)
    assert.equal(
      (await again).items.map((item) => item.outcome),
      ['unchanged', 'unchanged'],
    )
    assert.equal(steps, ['check', 'inspect', 'plan'])
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

  onWorld('leaves what someone has changed since it was read', async (world) => {
    const [web] = policiesIn(world)
    await runnerOf(world).apply([web])
    const type = storageType('NetworkPolicy', world.group)
    const order = (value: number) =>
      edit(world.cluster, type, storedName(world, 'web'), world.namespace, { order: value })
    let asked = false
    const create: Cluster['create'] = (created, object, options) => async () => {
      // Permissions are asked for when all has been read, and nothing written.
      if (created === accessReviews && !asked) {
        asked = true
        await order(42)
      }
      return world.cluster.create(created, object, options)()
    }
    const runner = runnerOf(world, { cluster: { ...world.cluster, create } })
    const failure = failureOf(await runner.te.apply([web.order(11)])())
    const items = 'report' in failure && 'items' in failure.report ? failure.report.items : []
    assert.equal(
      items.map(({ outcome }) => outcome),
      ['failed'],
    )
    assert.is((await runnerOf(world).plan([web.order(42)])).changes, false)
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
    assert.equal(await ownedIn(world), [`NetworkPolicy ${storedName(world, 'web')}`])
  })

  onWorld('tells what it has, and what has drifted', async (world) => {
    const [web, deny] = policiesIn(world)
    const runner = runnerOf(world)
    await runner.apply([web, deny])
    assert.equal(
      (await runner.status()).resources.map(({ drifted }) => drifted),
      [false, false],
    )
    await edit(
      world.cluster,
      storageType('NetworkPolicy', world.group),
      storedName(world, 'web'),
      world.namespace,
      { order: 42 },
    )
    const { resources, runs } = await runner.status()
    assert.equal(resources.find(({ drifted }) => drifted)?.name, `NetworkPolicy(${world.namespace}/web)`)
    assert.equal(runs, [])
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

  onWorld(
    'ends with Aborted when its signal fires as it writes, and leaves nothing of the run',
    async (world) => {
      const controller = new AbortController()
      const onEvent = (event: RunEvent): void => {
        if (event._tag === 'Started' && (event.step === 'calicoctl' || event.step === 'write'))
          controller.abort()
      }
      const { signal } = controller
      const failure = failureOf(await runnerOf(world).te.apply(policiesIn(world), { signal, onEvent })())
      assert.is(failure._tag === 'Interrupted' && failure.cause._tag, 'Aborted')
      assert.equal(left(failure), [])
      const names = await ownedIn(world)
      assert.equal(
        names.filter((name) => !name.includes('NetworkPolicy')),
        [],
      )
    },
  )

  onWorld(
    'lets two runs at once end in what one would make, each with a result or a typed failure',
    async (world) => {
      const runs = [1, 2].map(() => runnerOf(world).te.apply(policiesIn(world))())
      const tags = (await Promise.all(runs)).map((it) => (it._tag === 'Right' ? 'Right' : it.left._tag))
      const typed = ['Right', 'Busy', 'CalicoctlFailed', 'ItemsFailed']
      assert.equal(
        tags.filter((tag) => !typed.includes(tag)),
        [],
      )
      assert.is((await runnerOf(world).plan(policiesIn(world))).changes, false)
      assert.is((await ownedIn(world)).length, 2)
    },
  )

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
