import type { MemoryServer } from './memory/server.js'
import type { Cluster } from './port.js'
import { restCluster } from './rest.js'

/** A cluster in memory. */
export interface MemoryCluster extends Cluster {
  /** What is behind it. */
  readonly server: MemoryServer
  /** The same cluster as another user sees it, with the rights that RBAC gives them. */
  readonly as: (user: string) => Cluster
}

export const clusterOn = (server: MemoryServer): MemoryCluster => ({
  ...restCluster(server.transport()),
  server,
  as: (user) => restCluster(server.transport(user)),
})
