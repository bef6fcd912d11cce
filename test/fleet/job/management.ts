import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { parseAllDocuments } from 'yaml'
import type { Program } from '../../../src/cluster/memory.js'
import type { Cluster, KubeObject } from '../../../src/cluster/port.js'
import { configMaps, jobs, secrets } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { type FleetJobStatus, fleetStatus } from '../../../src/fleet/job/fleet-status.js'
import { workOnIndex } from '../../../src/fleet/job/work.js'
import type { FleetTask } from '../../../src/fleet/run/fleet-task.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'

export const namespace = 'fleet'
export const image = 'registry.example/typed-calico:1'

export const secret = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace, labels: { fleet: 'live' } },
  data: { kubeconfig: Buffer.from(`of ${name}`).toString('base64') },
})

/** What a pod was shown, and how often it was begun. */
export interface Seen {
  readonly files: Map<string, ReadonlyArray<string>>
  readonly attempts: Map<string, number>
  /** How often its cluster was connected to: more than once in an attempt that met another run. */
  readonly connected: Map<string, number>
  atOnce: number
  most: number
}

/** A cluster for a Secret's name, or a crash. */
export type Reach = (name: string, attempt: number) => Cluster | 'crash'

const noSecret = { _tag: 'NoKubeconfig', message: 'there is none', hint: 'make it' } as const

/** What the image does: the command's own work, by the files and arguments that its pod has. */
const program =
  (reach: Reach, seen: Seen): Program =>
  async ({ args, files, env, signal }) => {
    const [, , task, ...rest] = args
    const after = (flag: string): string => rest[rest.indexOf(flag) + 1] ?? ''
    const kubeconfig = files.get(after('--kubeconfig'))
    const name = kubeconfig?.replace('of ', '') ?? `index ${env.JOB_COMPLETION_INDEX}`
    const attempt = (seen.attempts.get(name) ?? 0) + 1
    seen.attempts.set(name, attempt)
    seen.files.set(name, [...files.keys()])
    seen.atOnce += 1
    seen.most = Math.max(seen.most, seen.atOnce)
    try {
      const target = kubeconfig === undefined ? undefined : reach(name, attempt)
      if (target === 'crash') return { exitCode: 137, stdout: '', stderr: 'Killed\n' }
      const texts = [...files].filter(([path]) => path.startsWith('/input/resources/'))
      const resources = texts.flatMap(([, text]) => parseAllDocuments(text).map((it) => it.toJS()))
      const runner = JSON.parse(files.get(after('--settings')) ?? '{}')
      const refuse = rest.flatMap((word, at) => (word === '--refuse' ? [rest[at + 1]] : []))
      const refusing = refuse.length === 0 ? {} : { refuse }
      const given = { task, resources, runner, prune: rest.includes('--prune'), ...refusing } as FleetTask
      const connect = async () => {
        seen.connected.set(name, (seen.connected.get(name) ?? 0) + 1)
        return E.right(target as Cluster)
      }
      const patience = { forMs: 60_000, everyMs: 20 }
      const mounted = kubeconfig === undefined ? E.left(noSecret) : E.right(kubeconfig)
      const work = { kubeconfig: mounted, task: given, connect, signal, patience }
      const { exitCode, message } = await workOnIndex(work)
      return { exitCode, stdout: `${message}\n`, stderr: '', message }
    } finally {
      seen.atOnce -= 1
    }
  }

export const management = (names: ReadonlyArray<string>, reach: Reach) => {
  const seen: Seen = { files: new Map(), attempts: new Map(), connected: new Map(), atOnce: 0, most: 0 }
  const cluster = memoryCluster({
    calico: false,
    namespaces: [namespace],
    objects: names.map(secret),
    programs: { 'registry.example/typed-calico': program(reach, seen) },
  })
  const start = async (objects: ReadonlyArray<KubeObject>) => {
    for (const object of objects)
      orThrow(await cluster.create(object.kind === 'Job' ? jobs : configMaps, object)())
  }
  const status = async (name: string): Promise<FleetJobStatus> =>
    orThrow(await fleetStatus(cluster, { namespace, name })())
  // Of the Job alone: what its pods are made of is long.
  const isOver = async (name: string): Promise<boolean> => {
    const { status: now } = orThrow(await cluster.get({ type: jobs, namespace, name })())
    return /"(Complete|Failed)"/.test(JSON.stringify(now))
  }
  const ended = async (name: string): Promise<FleetJobStatus> => {
    for (let n = 0; n < 2_400; n++) {
      if (await isOver(name)) return status(name)
      await sleep(50)
    }
    throw new Error(`the Job has not ended: ${JSON.stringify((await status(name)).counts)}`)
  }
  return { cluster, seen, start, status, ended, secrets }
}
