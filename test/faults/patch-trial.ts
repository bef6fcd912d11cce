import * as E from 'fp-ts/lib/Either.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { Cluster, KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { patch } from '../../src/index.js'
import type { TransportSettings } from '../../src/runner/options.js'
import { createRunner } from '../../src/runner/runner.js'
import { type CalicoGroup, storageType } from '../../src/runner/state/stored-resource.js'
import { memoryCluster, serveMemory } from '../../src/testing/index.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { type Fault, isDeath } from './fault.js'
import { lateMs, startProxy } from './proxy.js'
import type { Try } from './sweep.js'
import type { Trial } from './trial.js'

/** How a cluster keeps Calico's resources, and how they are written. */
export interface Way {
  readonly transport: TransportSettings
  readonly group: CalicoGroup
}

const owner = 'karydia'
const times = { timeoutMs: 15_000, graceMs: 8_000, patienceMs: 300 }
const kinds = ['KubeControllersConfiguration', 'FelixConfiguration'] as const

/** Somebody else's. */
const theirs = {
  logSeverityScreen: 'Info',
  healthChecks: 'Enabled',
  controllers: { node: { hostEndpoint: { autoCreate: 'Disabled' } } },
}

const felix = patch('FelixConfiguration', 'default', { bpfEnabled: false })
const former = [patch('KubeControllersConfiguration', 'default', { logSeverityScreen: 'Debug' })]
const wanted = [
  patch('KubeControllersConfiguration', 'default', {
    controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
  }),
  felix,
]

const clusterOf = ({ group }: Way) => {
  const isNative = group === 'projectcalico.org'
  const objects: ReadonlyArray<KubeObject> = [
    {
      apiVersion: isNative ? 'projectcalico.org/v3' : 'crd.projectcalico.org/v1',
      kind: 'KubeControllersConfiguration',
      metadata: { name: 'default' },
      spec: theirs,
    },
  ]
  return memoryCluster({
    namespaces: ['shop'],
    objects,
    ...(isNative ? { native: true, calico: '3.32.1' } : {}),
  })
}

/** What there is of the two, as text: where nothing is left of the owner, as it was. */
const specsOf = async (cluster: Cluster, group: CalicoGroup): Promise<string> => {
  const lists = await Promise.all(kinds.map((kind) => cluster.list(storageType(kind, group))()))
  const objects = lists.flatMap((list) => orThrow(list).items)
  return JSON.stringify(
    objects.map(({ kind, metadata, spec }) => {
      const marks = Object.keys({ ...metadata.labels, ...metadata.annotations })
      return [kind, spec, marks.filter((key) => key.includes(owner) || key.includes('typed-calico'))]
    }),
  )
}

type Call = (runner: ReturnType<typeof createRunner>) => Promise<E.Either<{ readonly _tag: string }, unknown>>

/** One call through a proxy, with a fault at its k-th request; then a cleanup by somebody who knows nothing of it. */
const trialOf =
  (way: Way, call: Call, isApplied: boolean): Try =>
  async (k, fault): Promise<Trial> => {
    const { transport, group } = way
    const cluster = clusterOf(way)
    const before = await specsOf(cluster, group)
    const near = createRunner({ owner, cluster, transport, namespace: 'shop' })
    await near.apply(former)
    if (isApplied) await near.apply(wanted)
    const served = await serveMemory(cluster.server)
    const proxy = await startProxy({ url: served.url }, (n) => (n === k ? fault : undefined))
    const patience = { attemptMs: lateMs - 500, retryForMs: lateMs }
    const remote = kubeCluster({ kubeconfig: servedConfig(proxy.url), ...patience })
    const dies = fault !== undefined && isDeath(fault as Fault)
    const calling = call(
      createRunner({
        owner,
        cluster: remote,
        transport,
        namespace: 'shop',
        ...times,
        ...(dies ? { graceMs: 500 } : {}),
      }),
    )
    await Promise.race([calling, ...(dies ? [proxy.died] : [])])
    await proxy.idle()
    const told = dies ? undefined : await calling
    await proxy.idle()
    const cleaned = await createRunner({ owner, cluster, transport, namespace: 'shop' }).te.cleanup()()
    const after = await specsOf(cluster, group)
    const violations = [
      ...(E.isLeft(cleaned) ? [`cleanup: ${cleaned.left.message}`] : []),
      ...(after === before ? [] : [`left: ${after}, and it was ${before}`]),
    ]
    const result = told ?? (await calling)
    remote.close()
    await proxy.close()
    await served.close()
    cluster.close()
    return { requests: proxy.requests, outcome: E.isRight(result) ? 'Right' : result.left._tag, violations }
  }

export const applyTrial = (way: Way): Try =>
  trialOf(way, (runner) => runner.te.apply(wanted, { prune: true })(), false)

export const cleanupTrial = (way: Way): Try => trialOf(way, (runner) => runner.te.cleanup()(), true)
