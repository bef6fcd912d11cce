import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { Cluster } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { toYaml } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { upstreamOf } from '../faults/lab-ground.js'
import { type FaultProxy, startProxy } from '../faults/proxy.js'
import { binaryOf } from '../lab/clients.js'
import { run } from '../lab/command.js'
import { type Lab, labOrReason } from '../lab/lab.js'
import { placeOf } from '../lab/place.js'
import { readRecord } from '../lab/record.js'
import { policies as policiesIn } from './policies.js'

/**
 * What applying policies to a real cluster costs: wall time, and requests per policy, counted at a proxy before the
 * API server. `npm run bench -- lab [--quick]`; the lab must be up. calicoctl in the Runner's pod is not behind the
 * proxy: its requests are those of the row `calicoctl create`, which is the same command from here.
 */
const quick = process.argv.includes('--quick')
const many = quick ? 100 : 1_000
const veryMany = quick ? 2_000 : 10_000
const namespace = `bench-${process.pid}`
const policies = (count: number, order: number) => policiesIn(count, order, namespace)

interface Row {
  readonly name: string
  readonly items: number
  readonly seconds: number
  readonly requests: number
  readonly writes: number
  /** Of the client alone, where it has a process of its own. */
  readonly peakMiB?: number
}

const isWrite = (request: string): boolean =>
  !request.startsWith('GET') && !request.includes('selfsubjectaccessreviews')

const measured = async (
  proxy: FaultProxy,
  name: string,
  items: number,
  work: () => Promise<Partial<Row> | undefined>,
): Promise<Row> => {
  const from = proxy.requests.length
  const start = performance.now()
  const told = await work()
  const seconds = (performance.now() - start) / 1000
  const seen = proxy.requests.slice(from)
  return { name, items, seconds, requests: seen.length, writes: seen.filter(isWrite).length, ...told }
}

const clear = async (cluster: Cluster): Promise<void> => {
  const type = storageType('NetworkPolicy')
  for (;;) {
    const { items } = orThrow(await cluster.list(type, { namespace })())
    if (items.length === 0) return
    const gone = items.map(({ metadata: { name, uid = '', resourceVersion = '' } }) =>
      cluster.remove({ type, name, namespace }, { uid, resourceVersion })(),
    )
    if ((await Promise.all(gone)).some(E.isLeft)) throw new Error('the policies of the last row are not gone')
  }
}

const kubeconfigFor = (folder: string, url: string): string => {
  const path = join(folder, 'kubeconfig')
  writeFileSync(path, servedConfig(url).exportConfig(), { mode: 0o600 })
  return path
}

const rows = async (lab: Lab, folder: string, show: (row: Row) => void): Promise<void> => {
  const proxy = await startProxy(upstreamOf(lab), () => undefined)
  const around = kubeCluster({ kubeconfig: lab.kubeconfig })
  const cluster = kubeCluster({ kubeconfig: servedConfig(proxy.url) })
  const runner = createRunner({ owner: namespace, cluster, namespace, timeoutMs: 300_000 })
  const record = await readRecord(placeOf())
  if (record === undefined) throw new Error('the lab is not up: npm run lab -- up')
  const env = { KUBECONFIG: kubeconfigFor(folder, proxy.url), DATASTORE_TYPE: 'kubernetes' }
  const command = async (
    name: 'kubectl' | 'calicoctl',
    args: ReadonlyArray<string>,
    stdin: string,
    more = {},
  ) => {
    const { code, stderr } = await run(binaryOf(record, name), args, { env: { ...env, ...more }, stdin })
    if (code !== 0) throw new Error(`${name}: ${stderr.slice(-400)}`)
    return undefined
  }
  const row = async (
    name: string,
    items: number,
    work: () => Promise<Partial<Row> | undefined>,
  ): Promise<void> => show(await measured(proxy, name, items, work))
  const apart = async (count: number, order: number): Promise<Partial<Row>> => {
    const script = fileURLToPath(new URL('apply-once.ts', import.meta.url))
    const args = ['--import', 'tsx', script, env.KUBECONFIG, namespace, `${count}`, `${order}`]
    const { code, stdout, stderr } = await run(process.execPath, args)
    if (code !== 0) throw new Error(stderr.slice(-400))
    return JSON.parse(stdout)
  }
  const tuned = { CALICO_K8SCLIENTQPS: '1000', K8S_CLIENT_QPS: '1000' }
  const text = toYaml(...policies(many, 1))
  try {
    await row('Runner, first policy', 1, async () => void (await runner.apply(policies(1, 1))))
    await row('Runner, new', many - 1, async () => void (await runner.apply(policies(many, 1))))
    await row('Runner, unchanged', many, async () => void (await runner.apply(policies(many, 1))))
    await row('Runner, changed', many, async () => void (await runner.apply(policies(many, 2))))
    await row('Runner, cleanup', many, async () => void (await runner.cleanup()))
    await row('Runner, new, in parts', veryMany, () => apart(veryMany, 1))
    await row('Runner, unchanged', veryMany, () => apart(veryMany, 1))
    await row('Runner, changed, in parts', veryMany, () => apart(veryMany, 2))
    await row('Runner, cleanup', veryMany, async () => void (await runner.cleanup()))
    await row('calicoctl create, tuned', many, () => command('calicoctl', ['create', '-f', '-'], text, tuned))
    await clear(around)
    await row('calicoctl apply, tuned, new', many, () =>
      command('calicoctl', ['apply', '-f', '-'], text, tuned),
    )
    await row('calicoctl apply, tuned, unchanged', many, () =>
      command('calicoctl', ['apply', '-f', '-'], text, tuned),
    )
    const { items } = orThrow(await around.list(storageType('NetworkPolicy'), { namespace })())
    const stored = items.map(({ apiVersion, kind, metadata: { name, annotations = {} }, spec }) => ({
      apiVersion,
      kind,
      metadata: { name, namespace, annotations },
      spec,
    }))
    await clear(around)
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: stored })
    const serverSide = ['apply', '--server-side', '-f', '-']
    await row('kubectl apply --server-side, new', many, () => command('kubectl', serverSide, list))
    await row('kubectl apply --server-side, unchanged', many, () => command('kubectl', serverSide, list))
    await clear(around)
    await row('calicoctl apply, default limits, new', many, () =>
      command('calicoctl', ['apply', '-f', '-'], text),
    )
  } finally {
    await runner.te.cleanup()()
    await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
    cluster.close()
    around.close()
    await proxy.close()
  }
}

/** A row of the table in docs/performance.md. */
const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`

const print = ({ name, items, seconds, requests, writes, peakMiB }: Row): void => {
  if (process.argv.includes('--json')) {
    const load = loadavg()[0]
    console.log(JSON.stringify({ row: 'lab', name, items, seconds, requests, writes, peakMiB, load }))
    return
  }
  const memory = peakMiB === undefined ? '' : peakMiB.toFixed(0)
  const each = (requests / items).toFixed(2)
  const counts = [items, writes].map((count) => count.toLocaleString('en'))
  console.log(line([name, counts[0] ?? '', seconds.toFixed(1), each, counts[1] ?? '', memory]))
}

const lab = await labOrReason()
if (E.isLeft(lab)) console.log(`no lab: ${lab.left}`)
else {
  if (!process.argv.includes('--json')) {
    console.log(`Applying policies to the lab (load ${loadavg()[0]?.toFixed(1)})\n`)
    const heads = ['', 'policies', 'seconds', 'requests for each', 'writes', 'peak memory, MiB']
    console.log(line(heads))
    console.log(line(heads.map((_, index) => (index === 0 ? '---' : '--:'))))
  }
  await lab.right.kubectl(['create', 'namespace', namespace])
  const folder = mkdtempSync(join(tmpdir(), 'typed-calico-bench-'))
  try {
    await rows(lab.right, folder, print)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
