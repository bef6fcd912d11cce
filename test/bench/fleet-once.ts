import { kubeCluster } from '../../src/cluster/kube.js'
import { runFleet } from '../../src/fleet/run/run-fleet.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { globalPolicies } from './fleet-policies.js'
import { ticker } from './ticker.js'

/**
 * `runFleet` in a process of its own, so that its memory is the client's: `fleet-once.ts COUNT` reads the addresses of
 * clusters, and prints the seconds of a first apply, of one more, and of a cleanup, and its peak of resident memory in MiB.
 */
let text = ''
for await (const chunk of process.stdin) text += chunk
const urls: ReadonlyArray<string> = JSON.parse(text)
const clusters = urls.map((url) => ({ name: url, cluster: kubeCluster({ kubeconfig: servedConfig(url) }) }))
const runner = {
  owner: 'bench',
  transport: 'api',
  kinds: ['GlobalNetworkPolicy'],
  timeoutMs: 600_000,
} as const
const resources = globalPolicies(Number(process.argv[2]))

const timed = async (task: 'apply' | 'cleanup') => {
  const start = performance.now()
  const tell = ticker(`runFleet, ${task}`, clusters.length)
  let done = 0
  const onReport = () => {
    done += 1
    tell(done)
  }
  await runFleet(clusters, task === 'apply' ? { task, resources, runner } : { task, runner }, { onReport })
  const seconds = (performance.now() - start) / 1000
  return { seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }
}

for (const task of ['apply', 'apply', 'cleanup'] as const) console.log(JSON.stringify(await timed(task)))
