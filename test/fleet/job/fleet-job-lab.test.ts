// @lab
import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { kubeCluster } from '../../../src/cluster/kube.js'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { type FleetJobStatus, fleetStatus } from '../../../src/fleet/job/fleet-status.js'
import { toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import { createRunner } from '../../../src/runner/runner.js'
import { becomes } from '../../lab/becomes.js'
import { labTests } from '../../lab/lab.js'
import { placeOf } from '../../lab/place.js'
import { command, image, provideImage } from './image.js'

const jobbing = suite('a fleet’s Job, on the lab')
const onLab = await labTests(jobbing)

const owner = `fleet-${process.pid}`
const namespace = owner
const policy = globalNetworkPolicy(owner).selector(`run == '${owner}'`).denyIngress()
const names = Array.from({ length: 20 }, (_, index) => `cluster-${index}`)

const secret = (name: string, kubeconfig: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
  stringData: { kubeconfig },
})

const said = ({ clusters }: FleetJobStatus) => clusters.map(({ end }) => end?.failure?._tag ?? end?.counts)

onLab(
  '20 indices: one fails for good, one once; the others do it, by a Job of the command itself',
  async (lab) => {
    await provideImage(placeOf())
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    const input = (objects: ReadonlyArray<object>) => objects.map((it) => JSON.stringify(it)).join('\n')
    const kubectl = async (args: ReadonlyArray<string>, objects: ReadonlyArray<object> = []) => {
      const { code, stderr } = await lab.kubectl(args, input(objects))
      assert.is(code, 0, stderr)
    }
    const look = async (name: string) => orThrow(await fleetStatus(cluster, { namespace, name })())
    const runner = createRunner({ owner, cluster, namespace, kinds: ['GlobalNetworkPolicy'] })
    const written = { owner, namespace, kinds: ['GlobalNetworkPolicy'] } as const
    const config = parse(await readFile(lab.kubeconfig, 'utf8'))
    const [{ name: context, cluster: server }] = config.clusters
    // Nothing listens there: a server that is down.
    const down = {
      ...config,
      clusters: [{ name: context, cluster: { ...server, server: `https://${lab.node}:1` } }],
    }
    const working = JSON.stringify(config)
    try {
      await kubectl(['create', 'namespace', namespace])
      await kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted'])
      const there = names.filter((name) => name !== 'cluster-7')
      const texts = there.map((name) => secret(name, name === 'cluster-3' ? JSON.stringify(down) : working))
      await kubectl(['create', '-f', '-'], texts)
      // All share one owner and one cluster: on a slow machine one may wait for the others for longer than a try.
      const options = { name: 'apply', namespace, image, command, parallelism: 1, retries: 6, suspend: true }
      const job = orThrow(toFleetJob(names, { task: 'apply', resources: [policy], runner: written }, options))
      await kubectl(['create', '--validate=strict', '-f', '-'], job)
      assert.is((await look('apply')).state, 'paused')
      const patch = (spec: object) =>
        kubectl(['patch', 'job', 'apply', '-n', namespace, '--type=merge', '-p', JSON.stringify({ spec })])
      await patch({ suspend: false })
      await becomes(async () => (await look('apply')).clusters[0]?.state, 'done')
      await patch({ parallelism: 6 })
      await becomes(async () => (await look('apply')).clusters[3]?.state, 'retried')
      await kubectl(['replace', '-f', '-'], [secret('cluster-3', working)])
      await becomes(async () => (await look('apply')).state, 'failed')
      const ended = await look('apply')
      const failed = ended.clusters.filter(({ state }) => state === 'failed')
      assert.equal(
        failed.map(({ cluster: name, end, message }) => [name, end?.failure?._tag ?? message]),
        [['cluster-7', 'NoKubeconfig']],
      )
      assert.is(ended.counts.done, 19)
      const expected = names.map((_, index) => {
        if (index === 7) return 'NoKubeconfig'
        return index === 0 ? { created: 1 } : { unchanged: 1 }
      })
      assert.equal(said(ended), expected)
      assert.ok((ended.clusters[3]?.attempts ?? 0) > 1)
      assert.is((await runner.status()).resources.length, 1)

      const clean = { ...options, name: 'cleanup', suspend: false }
      const [first] = names as [string]
      const cleanup = orThrow(toFleetJob([first], { task: 'cleanup', runner: written }, clean))
      await kubectl(['create', '--validate=strict', '-f', '-'], cleanup as ReadonlyArray<KubeObject>)
      await becomes(async () => (await look('cleanup')).state, 'complete')
      assert.equal((await runner.status()).resources, [])
    } finally {
      await runner.te.cleanup()()
      await lab.kubectl(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found'])
      cluster.close()
    }
  },
)

jobbing.run()
