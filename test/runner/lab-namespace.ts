import { kubeCluster } from '../../src/cluster/kube.js'
import type { Clients } from '../lab/clients.js'
import { storedName, type World } from './contract.js'

let next = 0

/** A namespace of a real cluster for one fact, and the end of what the contract makes in it and beside it. */
export const inNamespace = async (
  { kubectl }: Clients,
  kubeconfig: string,
  how: Pick<World, 'transport' | 'group' | 'calico'>,
  test: (world: World) => Promise<void>,
): Promise<void> => {
  const namespace = `runner-${process.pid}-${next++}`
  await kubectl(['create', 'namespace', namespace])
  const cluster = kubeCluster({ kubeconfig })
  try {
    await test({ cluster, namespace, ...how })
  } finally {
    const { group = 'crd.projectcalico.org' } = how
    const policy = storedName(how, `deny-${namespace}`)
    await kubectl(['delete', `globalnetworkpolicies.${group}`, policy, '--ignore-not-found'])
    await kubectl(['delete', 'namespace', namespace, '--wait=false'])
    cluster.close()
  }
}
