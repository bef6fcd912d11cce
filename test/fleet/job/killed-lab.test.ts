// @alone
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { kubeCluster } from '../../../src/cluster/kube.js'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { configMaps, type jobs, pods } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { type FleetJobStatus, fleetStatus } from '../../../src/fleet/job/fleet-status.js'
import { toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import { toYaml } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { ownerSelector } from '../../../src/runner/state/owner-labels.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { becomes } from '../../lab/becomes.js'
import { binaryOf, environmentOf } from '../../lab/clients.js'
import { run } from '../../lab/command.js'
import { type Lab, labTests } from '../../lab/lab.js'
import { placeOf } from '../../lab/place.js'
import { kubeletOf, processesOf } from '../../lab/processes.js'
import { type Record, readRecord } from '../../lab/record.js'
import { command, image, provideImage } from './image.js'

const killing = suite('a fleet’s Job on the lab, when something is killed')
const onLab = await labTests(killing)
const place = placeOf()

const owner = `killed-${process.pid}`
const namespace = owner
const names = ['cluster-0', 'cluster-1']
const count = 100
const policies = Array.from({ length: count }, (_, index) =>
  globalNetworkPolicy(`${owner}-${index}`).selector(`run == '${owner}'`).denyIngress(),
)
const settings = { owner, namespace, kinds: ['GlobalNetworkPolicy'], ttlSeconds: 1 } as const
const written = storageType('GlobalNetworkPolicy')

/** The lab's kubectl, as a process that can be killed. */
const kubectl = (record: Record, args: ReadonlyArray<string>) =>
  spawn(binaryOf(record, 'kubectl'), args, { env: { ...process.env, ...environmentOf(place) } })

const kill = async (child: ReturnType<typeof kubectl>): Promise<void> => {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Fills what kubectl reads ahead, so that it gets to see what is before it. */
const filling = `# ${'-'.repeat(78)}\n`.repeat(100)

/** Hands kubectl the ConfigMaps of what was printed, and kills it before it has the Job. */
const createdHalf = async (record: Record, printed: string): Promise<void> => {
  const child = kubectl(record, ['create', '-f', '-'])
  const half = printed.slice(0, printed.lastIndexOf('---\n'))
  child.stdin.write(`${half}---\n${filling}`)
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.trim().split('\n').length === half.split('---\n').length) break
  }
  await kill(child)
}

/** The command, in a process of its own. */
const commandLine = (lab: Lab) => (args: ReadonlyArray<string>) =>
  run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'fleet', ...args], {
    env: { KUBECONFIG: lab.kubeconfig },
  })

const listed = async (
  cluster: Cluster,
  type: typeof jobs,
  where: object,
): Promise<ReadonlyArray<KubeObject>> => orThrow(await cluster.list(type, where)()).items

/** Kills a pod's node once its cluster has the first of the policies. */
const killPod = async (cluster: Cluster): Promise<void> => {
  const labelSelector = ownerSelector(owner)
  for (let found = 0; found === 0; await sleep(10))
    found = (await listed(cluster, written, { labelSelector })).length
  const own = await listed(cluster, pods, { namespace, labelSelector: 'batch.kubernetes.io/job-name=apply' })
  const found = await Promise.all(own.map(({ metadata: { uid = '' } }) => processesOf(uid, 'node')))
  assert.is(found.flat().length, 1)
  for (const pid of found.flat()) process.kill(pid, 'SIGKILL')
}

onLab(
  'clients, the process of a pod, and kubelet’s: each cluster is done, and all can be removed',
  async (lab) => {
    await provideImage(place)
    const record = await readRecord(place)
    assert.ok(record)
    const folder = await mkdtemp(join(tmpdir(), 'killed-'))
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    const runner = createRunner({ ...settings, cluster })
    const call = commandLine(lab)
    const look = async (name: string) => orThrow(await fleetStatus(cluster, { namespace, name })())
    const apply = async (input: string) => {
      const { code, stderr } = await lab.kubectl(
        ['apply', '--server-side', '--validate=strict', '-f', '-'],
        input,
      )
      assert.is(code, 0, stderr)
    }
    try {
      await lab.kubectl(['create', 'namespace', namespace])
      const kubeconfig = await readFile(lab.kubeconfig, 'utf8')
      const labels = { fleet: 'live' }
      const secrets = names.map((name) => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, namespace, labels },
        stringData: { kubeconfig },
      }))
      await apply(secrets.map((it) => JSON.stringify(it)).join('\n'))
      const [file, options] = [join(folder, 'policies.yaml'), join(folder, 'settings.json')]
      await writeFile(file, toYaml(...policies))
      await writeFile(options, JSON.stringify(settings))
      const named = [
        '--name',
        'apply',
        '--namespace',
        namespace,
        '--selector',
        'fleet=live',
        '--image',
        image,
      ]
      const printed = await call([
        'job',
        'apply',
        file,
        '--settings',
        options,
        '--parallelism',
        '1',
        ...named,
      ])
      assert.is(printed.code, 0, printed.stderr)
      const whole = printed.stdout.replace(
        /command:\s+- typed-calico\n/,
        `command: ${JSON.stringify(command)}\n`,
      )

      await createdHalf(record, whole)
      const labelSelector = 'app.kubernetes.io/instance=apply'
      assert.is((await listed(cluster, configMaps, { namespace, labelSelector })).length, 2)
      const none = await call(['status', 'apply', '--namespace', namespace])
      assert.is(none.code, 1)
      assert.match(none.stderr, /"apply" not found/)

      await apply(whole)
      const watching = kubectl(record, ['wait', '--for=condition=complete', 'job/apply', '-n', namespace])
      await killPod(cluster)
      await kill(watching)
      await becomes(async () => (await look('apply')).clusters[1]?.attempts, 1)
      const [kubelet] = await kubeletOf(place)
      process.kill(kubelet ?? 0, 'SIGKILL')

      await becomes(async () => (await look('apply')).state, 'complete')
      const status = await call(['status', 'apply', '--namespace', namespace, '--output', 'json'])
      const { clusters }: FleetJobStatus = JSON.parse(status.stdout)
      assert.equal(
        clusters.map(({ cluster: name, state, end }) => [name, state, end?.counts]),
        names.map((name) => [name, 'done', { unchanged: count }]),
      )
      assert.is(clusters[0]?.attempts, 2)
      const { resources, runs } = await runner.status()
      assert.equal([resources.length, resources.filter(({ drifted }) => drifted)], [count, []])
      const rights = runs.filter((it) => /^ClusterRole(Binding)?\(/.test(it))
      assert.equal(runs, rights, 'no namespace’s Job collects these')

      const cleanup = { name: 'cleanup', namespace, image, command }
      const objects = orThrow(toFleetJob(['cluster-0'], { task: 'cleanup', runner: settings }, cleanup))
      await apply(objects.map((it) => JSON.stringify(it)).join('\n'))
      await becomes(async () => (await look('cleanup')).state, 'complete')
      const left = await runner.status()
      assert.equal([left.resources, left.runs], [[], []])
    } finally {
      await runner.te.cleanup()()
      await lab.kubectl(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found'])
      cluster.close()
      await rm(folder, { recursive: true })
    }
  },
)

killing.run()
