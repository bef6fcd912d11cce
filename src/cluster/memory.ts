import type { Extension } from './memory/extension.js'
import { type MemoryOptions, memoryServer } from './memory/server.js'
import { clusterOn, type MemoryCluster } from './memory-cluster.js'

export type { Extension } from './memory/extension.js'
export { type Clock, type ManualClock, manualClock, realClock } from './memory/kinds/clock.js'
export type { PodFault } from './memory/kubelet/pod-fault.js'
export type { Program, ProgramResult, ProgramRun } from './memory/kubelet/program.js'
export { type MemoryOptions, type MemoryServer, memoryServer } from './memory/server.js'
export type { MemoryCluster } from './memory-cluster.js'

/**
 * A Kubernetes cluster in this process: an API server with its controllers, and pods that run `programs`.
 *
 * @example
 * const cluster = memoryCluster({ programs: { 'calico/ctl': calicoctl() } })
 * cluster.as('system:serviceaccount:shop:deployer') // the same, with that account's rights
 */
export const memoryCluster = (options: MemoryOptions = {}, extension: Extension = {}): MemoryCluster =>
  clusterOn(memoryServer(options, extension))
