import { suite } from 'uvu'
import { restCluster } from '../../src/cluster/rest.js'
import { memoryCluster } from '../../src/testing/memory-cluster.js'
import { busybox } from './busybox.js'
import { clusterContract } from './contract.js'
import { inNamespace } from './contract-ground.js'

const memory = suite('the contract of a cluster, in memory')

clusterContract((name, test) =>
  memory(name, async () => {
    const cluster = memoryCluster({ programs: { busybox } })
    const paged = (pageSize: number) => restCluster(cluster.server.transport(), { pageSize })
    await inNamespace({ cluster, paged, as: cluster.as, busybox: 'busybox:1.35' }, test)
  }),
)

memory.run()
