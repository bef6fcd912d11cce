import { memoryCluster } from '../../src/testing/memory-cluster.js'
import { serveMemory } from '../../src/testing/serve-memory.js'

/** `fleet-servers.ts COUNT` serves so many in-memory clusters in native mode, and prints their addresses in one line. */
const urls: Array<string> = []
for (let index = 0; index < Number(process.argv[2]); index++) {
  const cluster = memoryCluster({ calico: '3.32.1', native: true })
  urls.push((await serveMemory(cluster.server)).url)
}
console.log(JSON.stringify(urls))
process.stdin.resume().on('end', () => process.exit())
