// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { globalNetworkPolicy } from '../../src/index.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import { failureOf } from '../runner/observe.js'
import { becomes } from './becomes.js'
import { binaryOf } from './clients.js'
import { labTests } from './lab.js'
import { nodeEndpoint } from './node-endpoint.js'
import { placeOf } from './place.js'
import { readRecord } from './record.js'

const lockout = suite('lockout of a node, with real packets')
const onLab = await labTests(lockout)

const id = `node-lockout-${process.pid}`
const kubelet = 10250

onLab(
  'refuses what cuts the kubelet off, which it does when it is forced, and passes what does not',
  async (lab) => {
    const record = await readRecord(placeOf())
    if (record === undefined) return assert.unreachable('the lab is not up')
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    // By no pod: the run must not need the kubelet that it is about.
    const transport = { calicoctl: binaryOf(record, 'calicoctl') }
    const runner = (owner: string, lockout: 'refuse' | 'ignore'): Runner =>
      createRunner({ owner, cluster, transport, lockout, timeoutMs: 60_000 })
    const endpoint = nodeEndpoint(id, lab.node)
    const policy = globalNetworkPolicy(id).order(1).selector(`test == '${id}'`)
    const denied = (port: number) =>
      policy.denyIngress({ protocol: 'TCP', destination: { ports: [port] } }).allowIngress({})
    const reach = () => lab.probe('node', `tcp/${lab.node}:${kubelet}`)
    try {
      await runner(`${id}-host`, 'refuse').apply([endpoint])
      const failure = failureOf(await runner(id, 'refuse').te.apply([denied(kubelet)])())
      if (failure._tag !== 'Lockout') throw new Error(`${failure._tag}: ${failure.message}`)
      assert.equal(failure.cuts, ['the API server off from the kubelet of node lab'])
      assert.match(
        failure.message,
        `GlobalNetworkPolicy(${id}), ingress rule 0, in the normal chain (ingress) of HostEndpoint(${id}) on node lab`,
      )
      // One port beside it harms nobody.
      await runner(id, 'refuse').apply([denied(kubelet + 1)])
      await becomes(reach, ['reachable'])
      await runner(id, 'ignore').apply([denied(kubelet)])
      await becomes(reach, ['timed out'])
    } finally {
      await runner(id, 'ignore').cleanup()
      await runner(`${id}-host`, 'ignore').cleanup()
      await becomes(reach, ['reachable'])
      cluster.close()
    }
  },
)

lockout.run()
