// @lab
import { suite } from 'uvu'
import { kubeCluster } from '../../../src/cluster/kube.js'
import { labTests } from '../../lab/lab.js'
import { partsContract } from './run-jobs-contract.js'

const parted = suite('a large set, on the lab')
const onLab = await labTests(parted)
let next = 0

partsContract((fact, test) =>
  onLab(fact, async (lab) => {
    const namespace = `parts-${process.pid}-${next++}`
    await lab.kubectl(['create', 'namespace', namespace])
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    try {
      await test({ cluster, namespace })
    } finally {
      await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
      cluster.close()
    }
  }),
)

parted.run()
