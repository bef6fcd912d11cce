// @alone
import { suite } from 'uvu'
import { kubeCluster } from '../../src/cluster/kube.js'
import { labTests } from '../lab/lab.js'
import { runnerContract } from './contract.js'

const runner = suite('the Runner on the lab')
const onLab = await labTests(runner)
let next = 0

runnerContract((fact, test) =>
  onLab(fact, async (lab) => {
    const namespace = `runner-${process.pid}-${next++}`
    await lab.kubectl(['create', 'namespace', namespace])
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    try {
      await test({ cluster, namespace })
    } finally {
      await lab.kubectl([
        'delete',
        'globalnetworkpolicies.crd.projectcalico.org',
        `default.deny-${namespace}`,
        '--ignore-not-found',
      ])
      await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
      cluster.close()
    }
  }),
)

runner.run()
