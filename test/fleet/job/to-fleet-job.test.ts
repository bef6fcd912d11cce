import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { jobs } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { type FleetJobOptions, type FleetJobTask, toFleetJob } from '../../../src/fleet/job/to-fleet-job.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'
import { image, management, namespace } from './management.js'

const jobbing = suite('toFleetJob')

const resources = [globalNetworkPolicy('deny-all').denyIngress()]
const runner = { owner: 'fleet', transport: 'api', kinds: ['GlobalNetworkPolicy'] } as const
const apply: FleetJobTask = { task: 'apply', resources, runner }
const options: FleetJobOptions = { name: 'guardrails-1', namespace, image }

const native = () => memoryCluster({ calico: '3.32.1', native: true })

const issues = (
  secrets: ReadonlyArray<string>,
  task: Partial<FleetJobTask> = {},
  more: Partial<FleetJobOptions> = {},
) => {
  const made = toFleetJob(secrets, { ...apply, ...task } as FleetJobTask, { ...options, ...more })
  return E.isRight(made) ? [] : made.left.issues.map(({ rule, path }) => `${rule} ${path}`)
}

jobbing('names what is wrong before anything is started', () => {
  assert.equal(issues([]), ['bad-option secrets'])
  assert.equal(issues(['a', 'a']), ['bad-option secrets'])
  assert.equal(issues(['A_b']), ['name secrets'])
  assert.equal(issues(['a'], {}, { image: '' }), ['bad-option image'])
  assert.equal(issues(['a'], {}, { name: 'x'.repeat(53) }), ['name name'])
  assert.equal(issues(['a'], {}, { parallelism: 0 }), ['bad-option parallelism'])
  assert.equal(issues(['a'], {}, { retries: -1 }), ['bad-option retries'])
  assert.equal(issues(['a'], { runner: {} }), ['bad-option runner'])
  assert.equal(issues(['a'], { runner: { owner: 'A' } }), ['unknown-value runner,owner'])
  assert.equal(issues(['a'], { runner: { owner: 'a', transport: { calicoctl: 'calicoctl' } } }), [
    'bad-option runner',
  ])
  assert.equal(issues(['a'], { resources: [globalNetworkPolicy('a').selector('b ==')] }), [
    'selector-value spec,selector',
  ])
})

jobbing('names what is wrong in programs without types', () => {
  const told = (task: unknown, secrets: unknown = ['a'], more: unknown = options) => {
    const made = toFleetJob(secrets as [], task as FleetJobTask, more as FleetJobOptions)
    return E.isRight(made) ? [] : made.left.issues.map(({ path, hint }) => `${path}: ${hint}`)
  }
  const status = { task: 'status', runner }
  assert.equal(told(status), [])
  assert.equal(told({ ...apply, task: 'aply' }), ['task: did you mean "apply"?'])
  assert.equal(told({ task: 'destroy', runner }), ['task: use one of plan, apply, status, cleanup'])
  assert.equal(told(null), [": write it as { task: 'status', runner: { owner } }"])
  assert.equal(told({ ...apply, prun: true }), ['prun: did you mean "prune"?'])
  assert.equal(told({ ...apply, prune: 'yes' }), ['prune: write true, or leave it out'])
  assert.equal(told({ ...apply, refuse: 'opens' }), ['refuse: write it as a list of one'])
  assert.equal(told({ ...apply, refuse: ['open'] }), ['refuse,0: did you mean "opens"?'])
  assert.equal(told({ task: 'apply', runner }), ['resources: write it as a list, as { resources: [policy] }'])
  assert.equal(told(status, 'a'), ['secrets: name one Secret for each cluster'])
  assert.equal(told(status, ['a'], null), ['options: write them as { name, namespace, image }'])
  assert.equal(told(status, ['a'], { ...options, command: 'sh' }), ["command: write it as ['typed-calico']"])
})

const jobsFor = (count: number, more: Partial<FleetJobOptions> = {}, width = 0) => {
  const names = Array.from({ length: count }, (_, index) => `${index}`.padStart(width, 'x'))
  const made = orThrow(toFleetJob(names, apply, { ...options, ...more }))
  return made.filter(({ kind }) => kind === 'Job')
}

jobbing('more than 500 clusters are divided among Jobs, which share what is to be done', () => {
  const specs = (count: number, parallelism = 10) =>
    jobsFor(count, { parallelism }).map(({ metadata, spec }) => {
      const { completions, parallelism: atOnce } = Object(spec)
      return `${metadata.name} ${completions} ${atOnce}`
    })
  assert.equal(specs(500), ['guardrails-1 500 10'])
  assert.equal(specs(501), ['guardrails-1-0 251 5', 'guardrails-1-1 250 5'])
  assert.equal(specs(1_001, 2), ['guardrails-1-0 334 1', 'guardrails-1-1 334 1', 'guardrails-1-2 333 1'])
  assert.is(jobsFor(50_000).length, 100)
  const names = Array.from({ length: 501 }, (_, index) => `a-${index}`)
  assert.equal(
    orThrow(toFleetJob(names, apply, options)).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['ConfigMap guardrails-1-0', 'ConfigMap guardrails-1-1', 'Job guardrails-1-0', 'Job guardrails-1-1'],
  )
  const [first] = jobsFor(501)
  const volumes = JSON.stringify(Object(first?.spec).template.spec.volumes)
  assert.match(volumes, '"configMap":{"name":"guardrails-1-0"')
})

jobbing('a limit of failures, which each Job counts by itself, is refused where there are several', () => {
  const names = Array.from({ length: 501 }, (_, index) => `a-${index}`)
  assert.equal(issues(names, {}, { maxFailedClusters: 3 }), ['bad-option maxFailedClusters'])
  assert.equal(issues(names.slice(1), {}, { maxFailedClusters: 3 }), [])
})

jobbing('a Job is small enough for kubectl apply, which keeps it in an annotation, too', () => {
  const sizes = jobsFor(1_000, {}, 253).map((job) => JSON.stringify(job).length)
  assert.ok(Math.max(...sizes) < 256 * 1024, `${sizes}`)
})

jobbing('20 clusters: one that never works, one that does at last, one whose Secret is missing', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `cluster-${index}`)
  const theirs = native()
  await createRunner({ ...runner, owner: 'theirs', cluster: theirs }).apply(resources)
  const targets = new Map(names.map((name) => [name, name === 'cluster-3' ? theirs : native()]))
  const { seen, start, ended } = management(
    names.filter((name) => name !== 'cluster-9'),
    (name, attempt) => (name === 'cluster-5' && attempt === 1 ? 'crash' : (targets.get(name) ?? 'crash')),
  )
  await start(orThrow(toFleetJob(names, apply, { ...options, parallelism: 4 })))
  const { state, message, clusters, counts } = await ended('guardrails-1')
  assert.equal([state, message], ['failed', 'Job has failed indexes'])
  assert.equal(counts, { waiting: 0, running: 0, retried: 0, done: 18, failed: 2, unknown: 0 })
  const told = (index: number) => ({
    attempts: clusters[index]?.attempts,
    says: clusters[index]?.end?.failure?._tag ?? clusters[index]?.end?.counts,
  })
  assert.equal(told(0), { attempts: 1, says: { created: 1 } })
  assert.equal(told(3), { attempts: 1, says: 'Foreign' }, 'what cannot get better is not tried again')
  assert.equal(told(5), { attempts: 2, says: { created: 1 } })
  assert.equal(told(9), { attempts: 1, says: 'NoKubeconfig' })
  assert.ok(seen.most <= 4, `${seen.most} at once`)
})

jobbing('a pod sees the kubeconfig of its index alone, and may do nothing where it runs', async () => {
  const { cluster, seen, start, ended } = management(['a', 'b'], native)
  await start(orThrow(toFleetJob(['a', 'b'], apply, options)))
  assert.is((await ended('guardrails-1')).state, 'complete')
  for (const name of ['a', 'b'])
    assert.equal([...(seen.files.get(name) ?? [])].sort(), [
      '/cluster/kubeconfig',
      '/input/resources/0001.yaml',
      '/input/settings.json',
    ])
  const job = orThrow(await cluster.get({ type: jobs, namespace, name: 'guardrails-1' })())
  assert.match(JSON.stringify(job.spec), /"automountServiceAccountToken":false/)
})

jobbing('waits when it is suspended, goes on when it is resumed, and cleans up as it applied', async () => {
  const target = native()
  const { cluster, start, status, ended } = management(['a'], () => target)
  await start(orThrow(toFleetJob(['a'], apply, { ...options, suspend: true })))
  assert.is((await status('guardrails-1')).state, 'paused')
  const job = orThrow(await cluster.get({ type: jobs, namespace, name: 'guardrails-1' })())
  orThrow(await cluster.replace(jobs, { ...job, spec: { ...Object(job.spec), suspend: false } })())
  assert.is((await ended('guardrails-1')).counts.done, 1)
  const left = async () => (await createRunner({ ...runner, cluster: target }).status()).resources.length
  assert.is(await left(), 1)
  await start(orThrow(toFleetJob(['a'], { task: 'cleanup', runner }, { ...options, name: 'guardrails-2' })))
  const { clusters } = await ended('guardrails-2')
  assert.equal(clusters[0]?.end?.counts, { removed: 1, left: 0 })
  assert.is(await left(), 0)
})

jobbing('500 clusters: one that never works, one that fails once; each is done or named', async () => {
  const names = Array.from({ length: 500 }, (_, index) => `cluster-${index}`)
  const target = native()
  const { seen, start, ended } = management(names, (name, attempt) => {
    const fails = name === 'cluster-77' || (name === 'cluster-333' && attempt === 1)
    return fails ? 'crash' : target
  })
  const status: FleetJobTask = { task: 'status', runner }
  await start(orThrow(toFleetJob(names, status, { ...options, parallelism: 25, retries: 1 })))
  const { counts, clusters } = await ended('guardrails-1')
  assert.equal(counts, { waiting: 0, running: 0, retried: 0, done: 499, failed: 1, unknown: 0 })
  assert.is(clusters.find(({ state }) => state === 'failed')?.cluster, 'cluster-77')
  const twice = clusters.filter(({ attempts }) => attempts === 2).map(({ cluster }) => cluster)
  assert.equal(twice, ['cluster-77', 'cluster-333'])
  assert.ok(seen.most <= 25, `${seen.most} at once`)
})

jobbing.run()
