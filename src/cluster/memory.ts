import type { Extension } from './memory/admission/extension.js'
import { type MemoryOptions, type MemoryServer, memoryServer } from './memory/server.js'
import type { Cluster } from './port.js'
import { restCluster } from './rest.js'

export type { Extension } from './memory/admission/extension.js'
export { type Clock, type ManualClock, manualClock, realClock } from './memory/kinds/clock.js'
export type { PodFault } from './memory/kubelet/pod-fault.js'
export type { Program, ProgramResult, ProgramRun } from './memory/kubelet/program.js'
export { type MemoryOptions, type MemoryServer, memoryServer } from './memory/server.js'

/** A cluster in memory. */
export interface MemoryCluster extends Cluster {
  /** What is behind it. */
  readonly server: MemoryServer
  /** The same cluster as another user sees it, with the rights that RBAC gives them. */
  readonly as: (user: string) => Cluster
}

/**
 * A Kubernetes cluster in this process: an API server with its controllers, and pods that run `programs`.
 *
 * @example
 * const cluster = memoryCluster({ programs: { 'calico/ctl': calicoctl() } })
 * cluster.as('system:serviceaccount:shop:deployer') // the same, with that account's rights
 */
export const memoryCluster = (options: MemoryOptions = {}, extension: Extension = {}): MemoryCluster => {
  const server = memoryServer(options, extension)
  return {
    ...restCluster(server.transport()),
    server,
    as: (user) => restCluster(server.transport(user)),
  }
}
