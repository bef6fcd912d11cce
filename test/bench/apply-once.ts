import { kubeCluster } from '../../src/cluster/kube.js'
import { createRunner } from '../../src/runner/runner.js'
import { policies } from './policies.js'

/**
 * One apply in a process of its own, so that its memory is the client's and nobody else's:
 * `apply-once.ts KUBECONFIG NAMESPACE COUNT ORDER` prints the seconds and the peak of its resident memory in MiB.
 */
const [kubeconfig = '', namespace = '', count, order] = process.argv.slice(2)
const cluster = kubeCluster({ kubeconfig })
const runner = createRunner({ owner: namespace, cluster, namespace, timeoutMs: 600_000 })
const wanted = policies(Number(count), Number(order), namespace)
const start = performance.now()
await runner.apply(wanted)
const seconds = (performance.now() - start) / 1000
console.log(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }))
cluster.close()
