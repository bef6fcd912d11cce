import { orThrow } from 'typed-calico'
import { kubeCluster } from 'typed-calico/runner'
import { labOrReason } from '../../test/lab/lab.js'
import type { DemoCluster } from './cluster.js'

/** The lab, with the namespaces of the demo in it for as long as the demo runs. */
export const openLab = async (): Promise<DemoCluster> => {
  const found = await labOrReason()
  const lab = orThrow(
    found._tag === 'Right' ? found : { ...found, left: { _tag: 'NoLab', message: found.left } },
  )
  for (const name of ['test1', 'test2']) await lab.kubectl(['create', 'namespace', name])
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  return {
    cluster,
    description: 'the lab',
    close: async () => {
      cluster.close()
      await lab.kubectl(['delete', 'namespace', 'test1', 'test2', '--wait=false'])
    },
  }
}
