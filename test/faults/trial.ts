import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { Cluster } from '../../src/cluster/port.js'
import { createRunner } from '../../src/runner/runner.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { startMetronome } from '../metronome.js'
import { applyInParts } from '../runner/pod/in-parts.js'
import { differences, labelled, snapshot } from './cluster-snapshot.js'
import { type Fault, isDeath } from './fault.js'
import { lateMs, startProxy, type Upstream } from './proxy.js'
import { former, wanted } from './scenario.js'
import { lies } from './truth.js'

/** A cluster with what an earlier run of the owner has left, and with what belongs to others. */
export interface Ground {
  /** The way around the proxy. */
  readonly cluster: Cluster
  readonly upstream: Upstream
  readonly owner: string
  /** Where the policies are. */
  readonly namespace: string
  /** Where the run is: not there yet. */
  readonly home: string
  readonly tag: string
  /** What belongs to others, by kind and name. */
  readonly strangers: ReadonlySet<string>
  /** How many resources one pod of the run is given; as many as there are when left out. */
  readonly partSize?: number
  readonly times: { readonly timeoutMs: number; readonly graceMs: number; readonly patienceMs: number }
}

export interface Trial {
  /** The requests that came; fewer than the fault's number when it never happened. */
  readonly requests: ReadonlyArray<string>
  readonly outcome: string
  readonly violations: ReadonlyArray<string>
}

const slackMs = 2_000

/**
 * One apply of the scenario through the proxy, with `fault` at its k-th request, then one cleanup() of a fresh
 * Runner that knows nothing of it.
 */
export const trial = async (ground: Ground, k: number, fault: Fault | undefined): Promise<Trial> => {
  const { cluster, owner, namespace, home, tag, strangers, times, partSize = 1_000 } = ground
  const before = await snapshot(cluster)
  const proxy = await startProxy(ground.upstream, (n) => (n === k ? fault : undefined))
  const patience = { attemptMs: lateMs - 500, retryForMs: lateMs }
  const remote = kubeCluster({ kubeconfig: servedConfig(proxy.url), ...patience })
  const dies = fault !== undefined && isDeath(fault)
  // Whoever is dead needs no grace: it is only waited for so that nothing of it is left in this process.
  const grace = dies ? { graceMs: 500 } : {}
  const options = { owner, cluster: remote, namespace: home, ...times, ...grace }
  const violations: string[] = []
  const metronome = startMetronome()
  const killed = new AbortController()
  const wish = wanted(namespace, tag)
  const applying = applyInParts(options, partSize, wish, { prune: true, signal: killed.signal })()
  await Promise.race([applying, ...(dies ? [proxy.died] : [])])
  await proxy.idle()
  const settled = async (): Promise<string> => {
    const result = await applying
    metronome.stop()
    const elapsed = metronome.elapsedMs()
    if (elapsed > times.timeoutMs + times.graceMs + slackMs) violations.push(`settled after ${elapsed} ms`)
    await proxy.idle()
    if (!dies) {
      violations.push(...lies(result, former(namespace, tag), wish, before, await snapshot(cluster)))
    }
    return E.isRight(result) ? 'Right' : result.left._tag
  }
  const told = dies ? undefined : await settled()
  const cleaned = await createRunner({ owner, cluster, namespace: home }).te.cleanup()()
  if (E.isLeft(cleaned)) violations.push(`cleanup: ${cleaned.left.message}`)
  const after = await snapshot(cluster)
  const foreign = (objects: ReadonlyMap<string, string>) =>
    new Map([...objects].filter(([key]) => strangers.has(key)))
  const left = labelled(after, owner).filter((key) => !strangers.has(key))
  violations.push(...left.map((key) => `left: ${key}`))
  violations.push(...differences(foreign(before), foreign(after)))
  if (dies) killed.abort()
  const outcome = told ?? (await settled())
  remote.close()
  for (let i = 0; i < 100 && proxy.connections() > 0; i++) await sleep(20)
  if (proxy.connections() > 0) violations.push(`${proxy.connections()} sockets are open`)
  await proxy.close()
  return { requests: proxy.requests, outcome, violations }
}
