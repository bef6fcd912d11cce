import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { pods } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { globalNetworkPolicy, networkPolicy, networkSet } from '../../../src/index.js'
import { errorsFor } from '../../../src/runner/calicoctl/item-error.js'
import { isRunPod } from '../../../src/runner/delete/delete-run.js'
import { job, type RunSpec } from '../../../src/runner/pod/job.js'
import { planJobs } from '../../../src/runner/pod/job-plan.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import {
  calicoctl,
  type MemoryClusterOptions,
  memoryCluster,
  type Program,
} from '../../../src/testing/index.js'
import { labelled, snapshot } from '../../faults/cluster-snapshot.js'
import { intercepted, status } from '../intercept.js'
import { failureOf } from '../observe.js'
import { applyInParts } from './in-parts.js'
import { partsContract } from './run-jobs-contract.js'
import { runSpec } from './run-spec.js'

const parted = suite('a large set, on the in-memory cluster')

partsContract((fact, test) =>
  parted(fact, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'] })
    try {
      await test({ cluster, namespace: 'shop' })
    } finally {
      cluster.close()
    }
  }),
)

const names = [...'abcdefgh']
const policies = names.map((name) =>
  networkPolicy(name, 'shop').order(1).selector("app == 'w'").allowIngress({}),
)
const types = storageType('NetworkPolicy')

const worldOf = (options: MemoryClusterOptions = {}) => {
  const cluster = memoryCluster({ namespaces: ['shop'], ...options })
  const apply = (partSize: number, more = {}, call = {}) =>
    applyInParts({ owner: 'own', cluster, namespace: 'shop', ...more }, partSize, policies, call)()
  return { cluster, apply }
}

const spec: RunSpec = {
  ...runSpec,
  jobs: planJobs({ create: policies.slice(0, 1), replace: [] }, 1),
  ttlSeconds: 61,
}

const indexOf = ({ metadata }: KubeObject): string =>
  metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? 'none'

parted('I7: each item that is refused has its own cause, in whatever part it was', async () => {
  const refused = ['b', 'c', 'h']
  const { apply } = worldOf({
    webhook: (type, { metadata: { name } }) =>
      type.resource === 'networkpolicies' && refused.includes(name.slice(-1)) ? `no ${name} here` : undefined,
  })
  const failure = failureOf(await apply(2))
  if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
  assert.equal(
    failure.report.items.map((item) => ('cause' in item ? /no default\.(.) here/.exec(item.cause)?.[1] : '')),
    ['', 'b', 'c', '', '', '', '', 'h'],
  )
})

parted('I11: only the parts whose rights did not hold yet are tried again', async () => {
  const runs: string[] = []
  const real = calicoctl()
  const program: Program = async (run) => {
    const text = [...run.files].filter(([path]) => path.startsWith(run.args[2] ?? '')).map(([, it]) => it)
    const given = [...text.join('').matchAll(/^ {2}name: (.)$/gm)].map(([, name]) => name).join('')
    const denied = !runs.includes(given) && given > 'f'
    runs.push(given)
    const refusal = status(403, 'Forbidden', `x is forbidden: User "${run.user}" cannot get resource "x"`)
    return real({ ...run, send: async (request) => (denied ? refusal : run.send(request)) })
  }
  const { cluster, apply } = worldOf({ programs: { 'calico/ctl': program } })
  const report = orThrow(await apply(2))
  assert.ok(report.items.every(({ outcome }) => outcome === 'created'))
  assert.equal(runs.sort(), ['ab', 'cd', 'ef', 'gh', 'gh'])
  assert.equal(
    labelled(await snapshot(cluster), 'own').filter((it) => !it.startsWith('NetworkPolicy')),
    [],
  )
})

for (const fault of ['OOMKilled', 'Vanished', 'Evicted'] as const) {
  parted(
    `I7: one pod of several that fails ends the run, and each item is told as it is: ${fault}`,
    async () => {
      const { cluster, apply } = worldOf({ fault: (pod) => (indexOf(pod) === '1' ? fault : undefined) })
      const failure = failureOf(await apply(2))
      if (failure._tag !== 'PodFailed') return assert.unreachable(failure.message)
      const { items } = orThrow(await cluster.list(types, { namespace: 'shop' })())
      const present = new Set(items.map(({ metadata }) => metadata.name.slice(-1)))
      for (const { name, outcome } of failure.report.items) {
        assert.is(outcome, present.has(name.at(-2) ?? '') ? 'created' : 'failed', name)
      }
      assert.ok(failure.report.items.some(({ outcome }) => outcome === 'failed'))
      assert.equal(failure.report.left, [])
    },
  )
}

parted('a part that no pod is let in for is told in time', async () => {
  const { apply } = worldOf({
    webhook: (type, object) =>
      type.resource === 'pods' && Number(indexOf(object)) > 1 ? 'no such pods here' : undefined,
  })
  const failure = failureOf(await apply(2, { patienceMs: 1_000 }))
  if (failure._tag !== 'PodFailed') return assert.unreachable(failure.message)
  assert.is(failure.problem, 'NotAdmitted')
  assert.equal(
    failure.report.items.map(({ outcome }) => outcome),
    names.map((name) => (name < 'e' ? 'created' : 'failed')),
  )
})

parted('I7: a log of over 10 MiB, and one whose beginning is lost, lose no outcome', async () => {
  const real = calicoctl()
  const kept = 10 * 1024 * 1024
  const noise = 'x'.repeat(kept + 1024)
  for (const cut of [0, kept]) {
    const program: Program = async (run) => {
      const done = await real(run)
      const text = `${noise} ${done.stderr}${done.stdout}`
      return { ...done, stdout: '', stderr: cut === 0 ? text : text.slice(-120) }
    }
    const { apply } = worldOf({
      programs: { 'calico/ctl': program },
      webhook: (type, { metadata: { name } }) =>
        type.resource === 'networkpolicies' && /[bd]$/.test(name) ? `no ${name} here` : undefined,
    })
    const failure = failureOf(await apply(4))
    if (failure._tag !== 'CalicoctlFailed') return assert.unreachable(failure.message)
    assert.equal(
      failure.report.items.map(({ outcome }) => outcome),
      names.map((name) => (/[bd]/.test(name) ? 'failed' : 'created')),
    )
    const told = failure.report.items.map((item) => ('cause' in item ? item.cause : ''))
    assert.match(told[3] ?? '', /no default\.d here/)
    if (cut === 0) assert.match(told[1] ?? '', /no default\.b here/)
  }
})

parted('I4: the first Job of several outlives its TTL while the others run, and not for ever', async () => {
  const real = calicoctl()
  const slow: Program = async (run) => {
    if (run.args[2] !== '/in/create') await sleep(2_500)
    return real(run)
  }
  const { cluster } = worldOf({ programs: { 'calico/ctl': slow } })
  const options = { owner: 'own', cluster, namespace: 'shop', ttlSeconds: 1 }
  const set = networkSet('nets', 'shop').nets('192.0.2.0/24')
  const report = orThrow(await applyInParts(options, 4, [set, ...policies])())
  assert.ok(report.items.every(({ outcome }) => outcome === 'created'))
  const first = job({ ...spec, jobs: planJobs({ create: [set, ...policies], replace: [] }, 4) }, [])
  assert.is((first.spec as { readonly ttlSecondsAfterFinished?: number }).ttlSecondsAfterFinished, 60 + 61)
})

parted('I15: policies that select its pods by their index are seen to lock them out', async () => {
  const endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', namespace: 'default' },
    subsets: [{ addresses: [{ ip: '203.0.113.10' }], ports: [{ port: 6443 }] }],
  }
  const cluster = intercepted(memoryCluster({ namespaces: ['shop'] }), async ({ path }) =>
    path.endsWith('/endpoints/kubernetes')
      ? { status: 200, headers: {}, body: JSON.stringify(endpoints) }
      : undefined,
  )
  const deny = globalNetworkPolicy('deny')
    .selector('has(batch.kubernetes.io/job-completion-index)')
    .denyEgress({})
  const apply = (partSize: number) =>
    applyInParts({ owner: 'own', cluster, namespace: 'shop' }, partSize, [deny, ...policies])()
  assert.is(failureOf(await apply(2))._tag, 'Lockout')
  assert.is((await apply(100))._tag, 'Right')
})

parted("I3: the pods of an Indexed Job are known as the run's, and a copy is not", async () => {
  const { cluster, apply } = worldOf({ fault: () => 'Hangs' })
  const seen: KubeObject[] = []
  const watching = intercepted(cluster, async ({ method, path }) => {
    if (method === 'DELETE' && path.includes('/jobs/')) {
      seen.push(...orThrow(await cluster.list(pods, { namespace: 'shop' })()).items)
    }
    return undefined
  })
  await apply(2, { cluster: watching, timeoutMs: 1_500 })
  assert.is(seen.length, 4)
  for (const pod of seen) {
    assert.ok(isRunPod('own', pod), pod.metadata.name)
    const named = (name: string) => ({ ...pod, metadata: { ...pod.metadata, name } })
    assert.not(isRunPod('own', named(`${pod.metadata.name.slice(0, -6)}-7-abcde`)))
    assert.not(isRunPod('own', named(`other-${pod.metadata.name}`)))
  }
})

parted('a set that fits one pod is a Job of one pod, as ever', () => {
  const { template, ...rest } = job(spec, spec.jobs[0] ?? []).spec as Readonly<Record<string, unknown>>
  assert.equal(rest, {
    backoffLimit: 0,
    completions: 1,
    parallelism: 1,
    activeDeadlineSeconds: 60,
    ttlSecondsAfterFinished: 61,
  })
  assert.match(JSON.stringify(template), /"args":\["create","-f","\/in\/create"\]/)
  assert.match(JSON.stringify(template), /\{"configMap":\{"name":"typed-calico-b+-create-0000"\}\}/)
})

parted('errors that name their object are told apart where the beginning of the log is lost', () => {
  const said =
    '…ault.a) resource already exists: NetworkPolicy(shop/default.b) update conflict: NetworkPolicy(shop/c)]'
  const causes = errorsFor(
    ['a', 'b', 'c'].map((name) => `NetworkPolicy(shop/${name})`),
    [],
    said,
  )
  assert.equal(
    [...causes.values()],
    [
      'calicoctl gave no reason',
      'resource already exists: NetworkPolicy(shop/default.b)',
      'update conflict: NetworkPolicy(shop/c)]',
    ],
  )
})

parted.run()
