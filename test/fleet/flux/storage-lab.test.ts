// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { globalNetworkSet } from '../../../src/build/network-set.js'
import { kubeCluster } from '../../../src/cluster/kube.js'
import { orThrow } from '../../../src/error.js'
import { toStorage } from '../../../src/fleet/to-storage.js'
import { createRunner } from '../../../src/runner/runner.js'
import { printYaml } from '../../../src/yaml/print/print.js'
import { type Lab, labTests } from '../../lab/lab.js'
import { fluxFor } from './flux.js'

const fluxing = suite('Flux and the stored form, on the lab')
const onLab = await labTests(fluxing)

const name = `flux-${process.pid}`
const calico = '3.28.5'
const policy = globalNetworkPolicy(name).selector(`run == '${name}'`)
const set = globalNetworkSet(name).nets('192.0.2.0/24')
const print = (...resources: ReadonlyArray<unknown>) =>
  printYaml(orThrow(toStorage(resources, { calico, owner: name })))

const shown = async ({ calicoctl }: Lab): Promise<string> => {
  const { stdout } = await calicoctl(['get', 'globalnetworkpolicy', name, '-o', 'json'])
  return JSON.stringify(JSON.parse(stdout).spec)
}

onLab('Flux applies it, finds no drift, changes it, and prunes what is no longer given', async (lab) => {
  const flux = await fluxFor(lab.kubeconfig, name)
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  const kinds = ['GlobalNetworkPolicy', 'GlobalNetworkSet'] as const
  const runner = createRunner({ owner: name, cluster, kinds })
  const status = async () => {
    const { resources } = await runner.status()
    return resources.map((it) => `${it.name}${it.drifted ? ' drifted' : ''}`).sort()
  }
  const [ofPolicy, ofSet] = [`GlobalNetworkPolicy/default.${name}`, `GlobalNetworkSet/${name}`]
  try {
    const first = print(policy.denyIngress(), set)
    assert.equal(await flux({ former: undefined, wanted: first }), {
      [ofPolicy]: 'created',
      [ofSet]: 'created',
    })
    assert.equal(await status(), [`GlobalNetworkPolicy(${name})`, `GlobalNetworkSet(${name})`])
    assert.match(await shown(lab), /"types":\["Ingress"\]/)
    assert.equal(await flux({ former: first, wanted: first }), {
      [ofPolicy]: 'unchanged',
      [ofSet]: 'unchanged',
    })

    const second = print(policy.denyEgress())
    assert.equal(await flux({ former: first, wanted: second }), {
      [ofPolicy]: 'configured',
      [ofSet]: 'deleted',
    })
    assert.match(await shown(lab), /"types":\["Egress"\]/)
    assert.equal(await status(), [`GlobalNetworkPolicy(${name})`])

    assert.equal(await flux({ former: second, wanted: undefined }), { [ofPolicy]: 'deleted' })
    assert.equal(await status(), [])
  } finally {
    await runner.te.cleanup()()
    cluster.close()
  }
})

fluxing.run()
