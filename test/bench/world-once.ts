/**
 * One reading of a cluster's world in a process of its own, so that its memory is the reader's: `world-once.ts URL HOW`
 * prints the milliseconds, the peak of its resident memory in MiB, and what of that stays. HOW is `world`, or `lists`
 * for a client that lists the same kinds and keeps what it got.
 */
import { inParallel } from '../../src/async/parallel.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import { orThrow } from '../../src/error.js'
import { worldFrom } from '../../src/runner/world/world-from.js'
import { compileSnapshot } from '../../src/runner/world/world-snapshot.js'
import { worldTypes } from '../../src/runner/world/world-types.js'
import { servedConfig } from '../cluster/kubeconfig.js'

const [url = '', how = 'world'] = process.argv.slice(2)
const cluster = kubeCluster({ kubeconfig: servedConfig(url) })

const lists = async () => {
  const types = orThrow(
    await worldTypes(cluster, { group: 'crd.projectcalico.org', version: '3.28.5' }, {})(),
  )
  return inParallel(types, async (type) => orThrow(await cluster.list(type)()).items)
}

const start = performance.now()
const kept = how === 'world' ? orThrow(await worldFrom(cluster)()) : await lists()
const ms = performance.now() - start
const peakMiB = process.resourceUsage().maxRSS / 1024
globalThis.gc?.()
const keptMiB = process.memoryUsage().heapUsed / 1024 / 1024
const compiling = performance.now()
if ('world' in kept) orThrow(compileSnapshot(kept))
console.log(JSON.stringify({ ms, peakMiB, keptMiB, compileMs: performance.now() - compiling }))
cluster.close()
