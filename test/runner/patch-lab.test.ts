// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { patch } from '../../src/index.js'
import { type Lab, labTests } from '../lab/lab.js'
import { type OnWorld, runnerOf } from './contract.js'
import { inNamespace } from './lab-namespace.js'
import { patchContract } from './patch-contract.js'

const runner = suite('fields that are set in what others own, on the lab')
const onLab = await labTests(runner)

const onWorld: OnWorld = (fact, test) =>
  onLab(fact, async (lab) => inNamespace(lab, lab.kubeconfig, {}, test))

patchContract(onWorld)

/** A resource's spec, as calicoctl shows it. */
const shown = async (lab: Lab, kind: string, name: string): Promise<unknown> => {
  const { code, stdout, stderr } = await lab.calicoctl(['get', kind, name, '-o', 'json'])
  assert.is(code, 0, stderr)
  return JSON.parse(stdout).spec
}

const create = async (lab: Lab, kind: string, name: string, spec: object): Promise<void> => {
  const object = { apiVersion: 'projectcalico.org/v3', kind, metadata: { name }, spec }
  const { code, stderr } = await lab.calicoctl(['create', '-f', '-'], JSON.stringify(object))
  assert.is(code, 0, stderr)
}

onLab('calicoctl sees one field changed of what it has written, and back as it was', async (lab) => {
  const kind = 'KubeControllersConfiguration'
  const theirs = {
    healthChecks: 'Enabled',
    prometheusMetricsPort: 9094,
    controllers: { node: { leakGracePeriod: '15m0s', hostEndpoint: { autoCreate: 'Disabled' } } },
  }
  await create(lab, kind, 'default', theirs)
  try {
    await inNamespace(lab, lab.kubeconfig, {}, async (world) => {
      const before = await shown(lab, kind, 'default')
      const enabled = { controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } } } as const
      await runnerOf(world).apply([patch(kind, 'default', enabled)])
      assert.equal(await shown(lab, kind, 'default'), {
        ...theirs,
        controllers: { node: { ...theirs.controllers.node, ...enabled.controllers.node } },
      })
      await runnerOf(world).cleanup()
      assert.equal(await shown(lab, kind, 'default'), before)
    })
  } finally {
    await lab.calicoctl(['delete', kind, 'default'])
  }
})

onLab('a length of time that calicoctl writes in its own way is no change, and is put back', async (lab) => {
  const kind = 'FelixConfiguration'
  const name = `node.nobody-${process.pid}`
  await create(lab, kind, name, { iptablesRefreshInterval: '10s', logSeverityScreen: 'Info' })
  try {
    await inNamespace(lab, lab.kubeconfig, {}, async (world) => {
      const before = await shown(lab, kind, name)
      const slower = patch(kind, name, { iptablesRefreshInterval: '90s' })
      await runnerOf(world).apply([slower])
      assert.is(Object(await shown(lab, kind, name)).iptablesRefreshInterval, '1m30s')
      assert.is((await runnerOf(world).plan([slower])).changes, false)
      await runnerOf(world).cleanup()
      assert.equal(await shown(lab, kind, name), before)
    })
  } finally {
    await lab.calicoctl(['delete', kind, name])
  }
})

runner.run()
