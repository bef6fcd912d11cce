import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { RunnerOptions } from '../../src/runner/options.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import type { Lab } from '../lab/lab.js'
import { upstreamOf } from './lab-ground.js'
import { startProxy } from './proxy.js'

/** A call to a lab whose client dies right after its first request that looks so. Nothing of it arrives after that. */
export const killedCall = async (
  lab: Pick<Lab, 'kubeconfig'>,
  options: Omit<RunnerOptions, 'cluster'>,
  looks: RegExp,
  call: (runner: Runner['te'], signal: AbortSignal) => Promise<unknown>,
): Promise<void> => {
  const proxy = await startProxy(upstreamOf(lab), (n) =>
    looks.test(proxy.requests[n - 1] ?? '') ? 'dead after' : undefined,
  )
  const cluster = kubeCluster({ kubeconfig: servedConfig(proxy.url), attemptMs: 10_000, retryForMs: 500 })
  const dying = new AbortController()
  // Whoever is dead needs no grace: it is only waited for so that nothing of it is left in this process.
  const calling = call(createRunner({ ...options, cluster, graceMs: 500 }).te, dying.signal)
  await Promise.race([proxy.died, calling])
  dying.abort()
  await calling
  cluster.close()
  await proxy.idle()
  await proxy.close()
  assert.ok(
    proxy.succeeded.some((request) => looks.test(request)),
    `died after ${looks}`,
  )
}
