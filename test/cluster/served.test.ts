import { suite } from 'uvu'
import { kubeCluster } from '../../src/cluster/kube.js'
import { memoryCluster } from '../../src/testing/memory-cluster.js'
import { serveMemory } from '../../src/testing/serve-memory.js'
import { busybox } from './busybox.js'
import { clusterContract } from './contract.js'
import { inNamespace } from './contract-ground.js'
import { servedConfig } from './kubeconfig.js'

const http = suite('the contract of a cluster, in memory behind HTTP')

clusterContract((name, test) =>
  http(name, async () => {
    const memory = memoryCluster({ programs: { busybox } })
    const { url, close } = await serveMemory(memory.server)
    const ground = {
      cluster: kubeCluster({ kubeconfig: servedConfig(url) }),
      paged: (pageSize: number) => kubeCluster({ kubeconfig: servedConfig(url), pageSize }),
      as: (impersonateUser: string) => kubeCluster({ kubeconfig: servedConfig(url, { impersonateUser }) }),
      busybox: 'busybox:1.35',
    }
    try {
      await inNamespace(ground, test)
    } finally {
      ground.cluster.close()
      await close()
    }
  }),
)

http.run()
