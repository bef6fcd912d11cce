import { type Cluster, kubeCluster } from 'typed-calico/runner'
import { memoryCluster } from 'typed-calico/testing'

export interface DemoCluster {
  readonly cluster: Cluster
  readonly description: string
  readonly close: () => Promise<void>
}

/** The in-memory cluster; with `lab` the real one that this repository starts; with `context` one of your own. */
export const openCluster = async (where: {
  readonly lab: boolean
  readonly context?: string | undefined
}): Promise<DemoCluster> => {
  if (where.context !== undefined) {
    const cluster = kubeCluster({ context: where.context })
    return { cluster, description: `your context ${where.context}`, close: async () => cluster.close() }
  }
  if (!where.lab) {
    const cluster = memoryCluster({ namespaces: ['test1', 'test2'] })
    return { cluster, description: 'an in-memory cluster', close: async () => cluster.close() }
  }
  const { openLab } = await import('./lab.js')
  return openLab()
}
