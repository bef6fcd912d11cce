// @lab
import { rm } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { networkPolicy } from '../../src/index.js'
import { type Account, asAccount } from '../lab/account.js'
import { clientsOf } from '../lab/clients.js'
import { clear } from '../lab/down.js'
import { labTests } from '../lab/lab.js'
import { nativeVersion } from '../lab/native.js'
import { placeOf } from '../lab/place.js'
import { up } from '../lab/up.js'
import { policiesIn, runnerContract, runnerOf, type World } from './contract.js'
import { inNamespace } from './lab-namespace.js'
import { type MovingLab, moveFacts } from './native-move.js'
import { failureOf } from './observe.js'
import { rulesOfTheGuide } from './permission/guide-roles.js'

const runner = suite('the Runner in native mode, on a lab')
const onLab = await labTests(runner)

// In the shared lab Calico itself runs; this one is of its own, and of the newest Kubernetes: not all serve what it needs.
const place = placeOf({
  ...process.env,
  TYPED_CALICO_LAB: `native-${process.pid}`,
  TYPED_CALICO_KUBERNETES: undefined,
})
const how = { transport: 'api', group: 'projectcalico.org', calico: nativeVersion } as const

let lab: Promise<MovingLab> | undefined
const native = async (): Promise<MovingLab> => {
  const start = async () => {
    const record = await up(place, 'native')
    return { clients: clientsOf(place, record), record, kubeconfig: place.kubeconfig }
  }
  lab ??= start()
  return lab
}

runnerContract((fact, test) =>
  onLab(fact, async () => {
    const { clients, kubeconfig } = await native()
    await inNamespace(clients, kubeconfig, how, test)
  }),
)

const asWriter = async (test: (world: World, account: Account) => Promise<void>): Promise<void> => {
  const { clients, kubeconfig } = await native()
  await inNamespace(clients, kubeconfig, how, (world) =>
    asAccount(clients, kubeconfig, world.namespace, async (account) => {
      const cluster = kubeCluster({ kubeconfig: account.kubeconfig })
      await test({ ...world, cluster }, account)
      cluster.close()
    }),
  )
}

const { native: enough } = rulesOfTheGuide()
const kinds = ['NetworkPolicy'] as const
const without = (verb: string) =>
  enough.map((rule) =>
    rule.resources.includes('tier.networkpolicies')
      ? { ...rule, verbs: rule.verbs.filter((it) => it !== verb) }
      : rule,
  )

onLab('the role of the guide is enough to apply, to change, to prune and to clean up', () =>
  asWriter(async (world, { may }) => {
    const [web] = policiesIn(world)
    const mine = runnerOf(world, { kinds })
    await may(enough)
    await mine.apply([web, networkPolicy('api', world.namespace)])
    const report = await mine.apply([web.order(11)], { prune: true })
    assert.equal(report.items.map(({ outcome }) => outcome).sort(), ['deleted', 'updated'])
    assert.equal((await mine.cleanup()).removed, [`NetworkPolicy(${world.namespace}/web)`])
  }),
)

for (const [verb, resources, options] of [
  ['create', (world: World) => [networkPolicy('new', world.namespace)], {}],
  ['update', (world: World) => [policiesIn(world)[0].order(11)], {}],
  ['delete', () => [], { prune: true }],
] as const) {
  onLab(`a right to ${verb} in the tier that is missing is told before a write`, () =>
    asWriter(async (world, { may }) => {
      const mine = runnerOf(world, { kinds })
      await may(enough)
      await mine.apply([policiesIn(world)[0]])
      await may(without(verb))
      const failure = failureOf(await mine.te.apply(resources(world), options)())
      assert.equal(failure._tag === 'MissingPermissions' && failure.missing, [
        `${verb} tier.networkpolicies.projectcalico.org in ${world.namespace} named default.*`,
      ])
      const told = await mine.te.cleanup()()
      if (verb !== 'delete') return assert.is(told._tag, 'Right')
      assert.match(
        failureOf(told).message,
        /cannot delete networkpolicies\.projectcalico\.org in tier "default"/,
      )
      await may(enough)
      await mine.cleanup()
    }),
  )
}

moveFacts(onLab, native)

runner.after(async () => {
  await clear(place)
  await rm(place.folder, { recursive: true, force: true })
})
runner.run()
