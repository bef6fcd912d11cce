import * as assert from 'uvu/assert'
import { patch } from '../../src/index.js'
import { recordAnnotation } from '../../src/runner/state/patch-record.js'
import { type OnWorld, runnerOf, type World } from './contract.js'
import { failureOf } from './observe.js'
import {
  enabled,
  kind,
  make,
  read,
  remove,
  type Spec,
  spec,
  specIn,
  typeIn,
  write,
} from './their-configuration.js'

const other = (world: World) => runnerOf(world, { owner: `other-${world.namespace}` })

const annotationsOf = async (world: World): Promise<ReadonlyArray<string>> =>
  Object.keys((await read(world))?.metadata.annotations ?? {}).filter((key) => key.includes('typed-calico'))

/** What a Runner promises of what others own, on any cluster, however it writes. */
export const patchContract = (onWorld: OnWorld): void => {
  const fact: OnWorld = (name, test) =>
    onWorld(name, async (world) => {
      try {
        await make(world, spec)
        await test(world)
      } finally {
        await remove(world)
      }
    })

  fact('sets a field of what somebody else owns, and nothing else', async (world) => {
    const runner = runnerOf(world)
    const plan = await runner.plan([enabled])
    const path = ['spec', 'controllers', 'node', 'hostEndpoint', 'autoCreate']
    assert.equal(plan.items, [
      {
        name: `${kind}(default)`,
        action: 'set',
        changes: [{ field: path.join('.'), path, change: 'changed', from: 'Disabled', to: 'Enabled' }],
      },
    ])
    assert.equal(
      plan.grants.flatMap(({ rules }) => rules).filter(({ resources }) => resources[0]?.startsWith('kube')),
      plan.grants.length === 0
        ? []
        : [
            {
              apiGroups: [typeIn(world).group],
              resources: ['kubecontrollersconfigurations'],
              verbs: ['get', 'update'],
              resourceNames: ['default'],
            },
          ],
    )
    assert.equal(await specIn(world), spec)
    const { items } = await runner.apply([enabled])
    assert.equal(items, [{ name: `${kind}(default)`, outcome: 'set' }])
    const node = { ...spec.controllers?.node, hostEndpoint: { autoCreate: 'Enabled' } }
    assert.equal(await specIn(world), { ...spec, controllers: { node } })
    assert.is((await read(world))?.metadata.annotations?.['operator.tigera.io/note'], 'theirs')
    const again = await runner.apply([enabled])
    assert.equal(again.items, [{ name: `${kind}(default)`, outcome: 'unchanged' }])
  })

  fact('puts back by cleanup what it was, and leaves no trace', async (world) => {
    await runnerOf(world).apply([enabled])
    const report = await runnerOf(world).cleanup()
    assert.equal(report.removed, [])
    assert.equal(
      report.restored.map(({ name, changes, kept }) => [name, ...changes.map(({ to }) => to), kept]),
      [[`${kind}(default)`, 'Disabled', []]],
    )
    assert.equal(await specIn(world), spec)
    assert.equal(await annotationsOf(world), [])
    assert.not.match(
      JSON.stringify((await read(world))?.metadata),
      recordAnnotation(`own-${world.namespace}`),
    )
    assert.equal((await runnerOf(world).cleanup()).restored, [])
  })

  fact('takes away what was not there, with what it was put into', async (world) => {
    const { controllers: _, ...bare } = spec
    const given: Spec = { ...bare, controllers: {} }
    await make(world, given)
    await runnerOf(world).apply([enabled])
    assert.equal((await specIn(world)).controllers?.node?.hostEndpoint, { autoCreate: 'Enabled' })
    await runnerOf(world).cleanup()
    assert.equal(await specIn(world), given)
  })

  fact('leaves by cleanup what somebody has changed since, and says so', async (world) => {
    const both = patch(kind, 'default', { ...enabled.spec, logSeverityScreen: 'Debug' })
    await runnerOf(world).apply([both])
    await write(world, (now) => ({ ...now, logSeverityScreen: 'Error', healthChecks: 'Disabled' }))
    const [resource] = (await runnerOf(world).status()).resources
    assert.is(resource?.drifted, true)
    assert.equal(
      resource?.set?.map(({ field, from, to, drifted }) => [field, from, to, drifted]),
      [
        ['spec.controllers.node.hostEndpoint.autoCreate', 'Disabled', 'Enabled', false],
        ['spec.logSeverityScreen', 'Info', 'Debug', true],
      ],
    )
    const { restored } = await runnerOf(world).cleanup()
    assert.equal(
      restored.map(({ kept }) => kept),
      [['spec.logSeverityScreen']],
    )
    assert.equal(await specIn(world), { ...spec, logSeverityScreen: 'Error', healthChecks: 'Disabled' })
  })

  fact('sets again what somebody has changed, and puts back what they had', async (world) => {
    const debug = patch(kind, 'default', { logSeverityScreen: 'Debug' })
    await runnerOf(world).apply([debug])
    await write(world, (now) => ({ ...now, logSeverityScreen: 'Error' }))
    const { items } = await runnerOf(world).apply([debug])
    assert.equal(
      items.map(({ outcome }) => outcome),
      ['set'],
    )
    await runnerOf(world).cleanup()
    assert.equal(await specIn(world), { ...spec, logSeverityScreen: 'Error' })
  })

  fact('puts back a field that the input does not name any more', async (world) => {
    await runnerOf(world).apply([patch(kind, 'default', { ...enabled.spec, logSeverityScreen: 'Debug' })])
    const [item] = (await runnerOf(world).plan([enabled])).items
    assert.equal(item?.action === 'set' && item.changes.map(({ field, to }) => [field, to]), [
      ['spec.logSeverityScreen', 'Info'],
    ])
    await runnerOf(world).apply([enabled])
    assert.is((await specIn(world)).logSeverityScreen, 'Info')
  })

  fact('puts back by prune what the input does not name at all', async (world) => {
    await runnerOf(world).apply([enabled])
    assert.equal((await runnerOf(world).plan([])).items, [])
    const plan = await runnerOf(world).plan([], { prune: true })
    assert.equal(
      plan.items.map(({ action }) => action),
      ['restore'],
    )
    const { items } = await runnerOf(world).apply([], { prune: true })
    assert.equal(items, [{ name: `${kind}(default)`, outcome: 'restored' }])
    assert.equal(await specIn(world), spec)
    assert.equal(await annotationsOf(world), [])
  })

  fact('refuses a field that another owner has set, before anything is written', async (world) => {
    await other(world).apply([enabled])
    const before = await read(world)
    const wish = patch(kind, 'default', { ...enabled.spec, logSeverityScreen: 'Debug' })
    const failure = failureOf(await runnerOf(world).te.apply([wish])())
    assert.is(failure._tag, 'Foreign')
    assert.match(failure.message, `autoCreate is set for the owner "other-${world.namespace}"`)
    assert.equal(await read(world), before)
    await other(world).cleanup()
  })

  fact('lets two owners set different fields, and each put back its own', async (world) => {
    await other(world).apply([enabled])
    await runnerOf(world).apply([patch(kind, 'default', { logSeverityScreen: 'Debug' })])
    assert.is((await other(world).plan([enabled])).changes, false)
    await other(world).cleanup()
    assert.equal(await specIn(world), { ...spec, logSeverityScreen: 'Debug' })
    await runnerOf(world).cleanup()
    assert.equal(await specIn(world), spec)
  })

  fact('makes what is not there, and deletes it', async (world) => {
    await remove(world)
    const { items } = await runnerOf(world).apply([enabled])
    assert.equal(
      items.map(({ outcome }) => outcome),
      ['created'],
    )
    assert.is((await runnerOf(world).plan([enabled])).changes, false)
    assert.equal((await runnerOf(world).cleanup()).removed, [`${kind}(default)`])
    assert.is(await read(world), undefined)
  })

  fact('leaves what it has made when somebody else has put something into it', async (world) => {
    await remove(world)
    await runnerOf(world).apply([enabled])
    await other(world).apply([patch(kind, 'default', { logSeverityScreen: 'Debug' })])
    await write(world, (now) => ({ ...now, healthChecks: 'Disabled' }))
    const report = await runnerOf(world).cleanup()
    assert.equal([report.removed, report.restored.length], [[], 1])
    await other(world).cleanup()
    const { healthChecks, logSeverityScreen, controllers } = await specIn(world)
    assert.equal([healthChecks, logSeverityScreen, controllers?.node], ['Disabled', undefined, undefined])
    assert.equal(await annotationsOf(world), [])
    assert.equal((await runnerOf(world).cleanup()).removed, [])
  })

  fact('is never taken over as a whole', async (world) => {
    const whole = { ...enabled, metadata: { name: 'default' } }
    const failure = failureOf(await runnerOf(world).te.apply([whole], { adopt: true })())
    assert.is(failure._tag, 'Foreign')
  })
}
