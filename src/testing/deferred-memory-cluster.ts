import * as E from 'fp-ts/lib/Either.js'
import type { MemoryCluster, MemoryServer } from '../cluster/memory.js'
import { clusterOn } from '../cluster/memory-cluster.js'
import type { NoConfig, Transport } from '../cluster/transport.js'
import type { MemoryClusterOptions } from './memory-cluster.js'

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The in-memory cluster, loaded and started by the first request. */
const deferredServer = (options: MemoryClusterOptions): MemoryServer => {
  let started: MemoryServer | undefined
  let starting: Promise<MemoryServer> | undefined

  const start = async (): Promise<MemoryServer> => {
    const { memoryCluster: startCluster } = await import('./memory-cluster.js')
    started = startCluster(options).server
    return started
  }
  const running = (): Promise<MemoryServer> => {
    starting ??= start()
    return starting
  }

  const transport = (user?: string): Transport => {
    const ready = async (): Promise<E.Either<NoConfig, Transport>> => {
      try {
        return E.right((await running()).transport(user))
      } catch (error) {
        const message = `the in-memory cluster cannot start: ${reasonOf(error)}`
        return E.left({ _tag: 'NoConfig', message, hint: 'Correct what is passed to memoryCluster.' })
      }
    }
    return {
      send: async (request, signal) => {
        const found = await ready()
        return E.isLeft(found) ? found : found.right.send(request, signal)
      },
      target: async () => {
        const found = await ready()
        return E.isLeft(found) ? found : found.right.target()
      },
      close: () => {},
    }
  }

  return {
    handle: async (request, user) => (await running()).handle(request, user),
    transport,
    compact: () => started?.compact(),
  }
}

/**
 * The in-memory cluster of `typed-calico/testing`. Its code is loaded by the first call, so that a program which works on
 * real clusters never loads it. Options that it cannot start with fail that call, with `NoKubeconfig`; from
 * `typed-calico/testing` they throw at once.
 *
 * @example
 * const runner = createRunner({ owner: 'shop', cluster: memoryCluster() })
 */
export const memoryCluster = (options: MemoryClusterOptions = {}): MemoryCluster =>
  clusterOn(deferredServer(options))
