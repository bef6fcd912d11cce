import * as assert from 'uvu/assert'
import { pods } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { networkPolicy, networkSet } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { ownerSelector } from '../../../src/runner/state/owner-labels.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import type { World } from '../contract.js'
import { failureOf, listAll } from '../observe.js'
import { applyInParts } from './in-parts.js'

const quotas = { ...pods, resource: 'resourcequotas', kind: 'ResourceQuota' }

type OnWorld = (fact: string, test: (world: World) => Promise<void>) => void

const policies = ({ namespace }: World, count: number, order = 1) =>
  Array.from({ length: count }, (_, i) =>
    networkPolicy(`policy-${i}`, namespace)
      .order(order + (i % 2))
      .selector("app == 'nothing'")
      .allowIngress({}),
  )

const sets = ({ namespace }: World) =>
  ['a', 'b'].map((name) => networkSet(name, namespace).nets('192.0.2.0/24'))

const optionsOf = ({ cluster, namespace }: World) => ({ owner: `own-${namespace}`, cluster, namespace })

const plain = (world: World, name: string): string =>
  name.replace(world.namespace, 'NS').replace(/[a-z2-7]{26}/, 'RUN')

/** What the Runner promises of a set that is too large for one pod, on any cluster. */
export const partsContract = (onWorld: OnWorld): void => {
  onWorld('writes a large set by pods that run at once, and leaves nothing of the run', async (world) => {
    const jobs: string[] = []
    const apply = (resources: ReadonlyArray<unknown>) =>
      applyInParts(optionsOf(world), 3, resources, {
        onEvent: (event) => {
          if (event._tag === 'Created' && event.object.startsWith('Job'))
            jobs.push(plain(world, event.object))
        },
      })()
    const first = orThrow(await apply([...policies(world, 7), ...sets(world)]))
    assert.ok(first.items.every(({ outcome }) => outcome === 'created'))
    assert.is(first.items.length, 9)
    assert.equal(first.left, [])
    assert.equal(jobs, ['Job(NS/typed-calico-RUN)', 'Job(NS/typed-calico-RUN-2)'])
    const second = orThrow(await apply([...policies(world, 11, 2), ...sets(world)]))
    const count = (wanted: string) => second.items.filter(({ outcome }) => outcome === wanted).length
    assert.equal(['created', 'updated', 'unchanged'].map(count), [4, 7, 2])
    assert.equal(second.left, [])
    const third = orThrow(await apply([...policies(world, 11, 2), ...sets(world)]))
    assert.ok(third.items.every(({ outcome }) => outcome === 'unchanged'))
    const left = await listAll(world.cluster, ownerSelector(`own-${world.namespace}`))
    assert.ok(
      left.every((name) => name.startsWith('NetworkPolicy default.policy-')),
      left.join(),
    )
    assert.is((await createRunner(optionsOf(world)).cleanup()).removed.length, 13)
  })

  onWorld('pods that find no room wait for those that run', async (world) => {
    const { cluster, namespace } = world
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'two', namespace },
      spec: { hard: { pods: '2' } },
    }
    orThrow(await cluster.create(quotas, quota)())
    const report = orThrow(await applyInParts(optionsOf(world), 1, policies(world, 4))())
    assert.ok(report.items.every(({ outcome }) => outcome === 'created'))
    assert.equal(report.left, [])
  })

  onWorld('a part that fails names its own item, and the others go on', async (world) => {
    const { cluster, namespace } = world
    const type = storageType('NetworkPolicy')
    const stranger = {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default.policy-0', namespace },
      spec: { order: 7, selector: "app == 'nothing'", types: ['Ingress'] },
    }
    const meddle = cluster.create(type, stranger)
    let meddling: ReturnType<typeof meddle> | undefined
    const failure = failureOf(
      await applyInParts(optionsOf(world), 1, policies(world, 6), {
        onEvent: (event) => {
          if (event._tag === 'Started' && event.step === 'provision') meddling = meddle()
        },
      })(),
    )
    assert.is((await meddling)?._tag, 'Right')
    if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
    assert.is(failure.exitCode, 1)
    const [first, ...others] = failure.report.items
    assert.is(first?.name, `NetworkPolicy(${namespace}/policy-0)`)
    assert.match(first !== undefined && 'cause' in first ? first.cause : '', /already exists/)
    assert.ok(others.length === 5 && others.every(({ outcome }) => outcome === 'created'))
    assert.equal(failure.report.left, [])
    const now = orThrow(await cluster.get({ type, name: 'default.policy-0', namespace })())
    assert.is((now.spec as { readonly order?: number }).order, 7)
  })
}
