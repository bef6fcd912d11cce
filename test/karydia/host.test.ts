// @alone
import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputsOf } from '../../examples/karydia/src/inputs.js'
import { policies } from '../../examples/karydia/src/policies.js'
import { hostEndpoint, toYaml } from '../../src/index.js'
import { becomes } from '../lab/becomes.js'
import { type Lab, labTests } from '../lab/lab.js'

const tests = suite("karydia's policy for hosts, with real packets")
const onLab = await labTests(tests)

/** Whether this machine, which is outside of the cluster, gets through to a port of the node. */
const answers = (lab: Lab, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: lab.node, port, timeout: 2000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket
      .on('connect', () => end(true))
      .on('timeout', () => end(false))
      .on('error', () => end(false))
  })

/** As Calico's kube-controllers would make it: the lab has none. */
const automatic = hostEndpoint('lab-auto-hep', 'lab')
  .interfaceName('*')
  .labels({ 'projectcalico.org/created-by': 'calico-kube-controllers' })
  .profiles('projectcalico-default-allow')

onLab('keeps the outside from the kubelet, and from nothing else', async (lab) => {
  const inputs = inputsOf({
    features: { defaultNetworkPolicy: true },
    config: { calico: { nodeCIDR: `${lab.node}/32`, hostEndpoints: true } },
  })
  const host = policies(inputs, '3.28').filter(({ metadata }) => metadata.name.endsWith('host-ingress'))
  const yaml = toYaml(...host, automatic)
  const [kubelet, felix, apiServer] = [10250, 9099, 6443]
  const reach = async () => Promise.all([kubelet, felix, apiServer].map((port) => answers(lab, port)))
  assert.equal(await reach(), [true, true, true])
  try {
    const applied = await lab.calicoctl(['create', '-f', '-'], yaml)
    assert.is(applied.code, 0, applied.stderr)
    await becomes(reach, [false, true, true])
    // The API server is on a node, and from nodes the kubelet answers.
    assert.is((await lab.kubectl(['get', '--raw', '/api/v1/nodes/lab/proxy/healthz'])).stdout, 'ok')
    assert.equal(await lab.probe('node', `tcp/${lab.node}:10250`), ['reachable'])
  } finally {
    await lab.calicoctl(['delete', '-f', '-'], yaml)
  }
  await becomes(reach, [true, true, true])
})

tests.run()
