import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import {
  bad,
  configMaps,
  events,
  eventually,
  exactly,
  type Fact,
  gone,
  jobs,
  object,
  ok,
  ownedBy,
  pods,
  refOf,
  serviceAccounts,
  type World,
  withMeta,
} from '../contract-ground.js'
import { job } from './job-spec.js'

const text = (value: unknown): string => JSON.stringify(value)

/** The Job, once it has the condition. */
const whenJob = ({ cluster, namespace }: World, name: string, condition: string): Promise<KubeObject> =>
  eventually(`job ${name} is ${condition}`, async () => {
    const now = ok(await cluster.get({ type: jobs, namespace, name })())
    const { conditions = [] } = now.status as { conditions?: ReadonlyArray<{ type: string; status: string }> }
    return conditions.some(({ type, status }) => type === condition && status === 'True') ? now : undefined
  })

export const podsOf = async (
  { cluster, namespace }: World,
  name: string,
): Promise<ReadonlyArray<KubeObject>> =>
  ok(await cluster.list(pods, { namespace, labelSelector: `batch.kubernetes.io/job-name=${name}` })()).items

export const onlyPod = (world: World, name: string): Promise<KubeObject> =>
  eventually(`job ${name} has a pod`, async () => (await podsOf(world, name))[0])

export const jobFacts = (fact: Fact): void => {
  fact('a Job runs its pod to the end', async (world) => {
    const { cluster, namespace } = world
    ok(await cluster.create(jobs, job(world, 'good', ['echo', 'hello', 'world']))())
    const done = await whenJob(world, 'good', 'Complete')
    assert.match(text(done.status), /"succeeded":1/)
    const pod = await onlyPod(world, 'good')
    assert.is(pod.metadata.ownerReferences?.[0]?.uid, done.metadata.uid)
    assert.match(text(pod.status), /"phase":"Succeeded"/)
    assert.match(text(pod.status), /"exitCode":0/)
    assert.is(
      ok(await cluster.logs({ type: pods, namespace, name: pod.metadata.name }, { container: 'main' })()),
      'hello world\n',
    )
  })

  fact('a Job whose pod fails has failed, and keeps the exit code', async (world) => {
    const container = { terminationMessagePolicy: 'FallbackToLogsOnError' }
    ok(
      await world.cluster.create(
        jobs,
        job(world, 'bad', ['sh', '-c', 'echo oh no; exit 3'], { container }),
      )(),
    )
    const failed = await whenJob(world, 'bad', 'Failed')
    assert.match(text(failed.status), /"reason":"BackoffLimitExceeded"/)
    const pod = await onlyPod(world, 'bad')
    assert.match(text(pod.status), /"exitCode":3/)
    assert.match(text(pod.status), /"message":"oh no\\n"/)
    assert.match(text(pod.status), /"phase":"Failed"/)
  })

  fact('a Job tries again as often as its backoffLimit says', async (world) => {
    ok(await world.cluster.create(jobs, job(world, 'again', ['false'], { spec: { backoffLimit: 1 } }))())
    await eventually('it has failed', () => whenJob(world, 'again', 'Failed'))
    assert.is((await podsOf(world, 'again')).length, 2)
  })

  fact('a Job is ended at its deadline', async (world) => {
    ok(
      await world.cluster.create(
        jobs,
        job(world, 'slow', ['sleep', '60'], { spec: { activeDeadlineSeconds: 1 } }),
      )(),
    )
    const failed = await whenJob(world, 'slow', 'Failed')
    assert.match(text(failed.status), /"reason":"DeadlineExceeded"/)
    await eventually('no pod runs', async () =>
      (await podsOf(world, 'slow')).length === 0 ? true : undefined,
    )
  })

  fact('a finished Job goes after its time to live, with all that it owns', async (world) => {
    const { cluster, namespace } = world
    const made = ok(
      await cluster.create(jobs, job(world, 'short', ['true'], { spec: { ttlSecondsAfterFinished: 1 } }))(),
    )
    const input = withMeta(object(configMaps, 'input', namespace), ownedBy(made))
    ok(await cluster.create(configMaps, input)())
    await gone(cluster, refOf(jobs, made))
    await gone(cluster, refOf(configMaps, input))
    await eventually('no pod is left', async () =>
      (await podsOf(world, 'short')).length === 0 ? true : undefined,
    )
  })

  fact('a pod waits for its service account', async (world) => {
    const { cluster, namespace } = world
    ok(await cluster.create(jobs, job(world, 'early', ['true'], { pod: { serviceAccountName: 'later' } }))())
    await eventually('the Job says what is missing', async () => {
      const { items } = ok(
        await cluster.list(events, { namespace, fieldSelector: 'involvedObject.name=early' })(),
      )
      return items.find(
        ({ reason, message }) =>
          reason === 'FailedCreate' && /serviceaccount "later" not found/.test(String(message)),
      )
    })
    ok(await cluster.create(serviceAccounts, object(serviceAccounts, 'later', namespace))())
    await whenJob(world, 'early', 'Complete')
  })

  fact('a pod waits for its ConfigMap, and then sees its files', async (world) => {
    const { cluster, namespace } = world
    const pod = { volumes: [{ name: 'in', configMap: { name: 'input' } }] }
    const container = { volumeMounts: [{ name: 'in', mountPath: '/in' }] }
    ok(await cluster.create(jobs, job(world, 'reads', ['cat', '/in/a.txt'], { pod, container }))())
    const made = await onlyPod(world, 'reads')
    ok(
      await cluster.create(
        configMaps,
        object(configMaps, 'input', namespace, { immutable: true, data: { 'a.txt': 'some text' } }),
      )(),
    )
    await whenJob(world, 'reads', 'Complete')
    const ref = { type: pods, namespace, name: made.metadata.name }
    assert.is(ok(await cluster.logs(ref, { container: 'main' })()), 'some text')
  })

  fact('an Indexed Job runs a pod for each index', async (world) => {
    const { cluster, namespace } = world
    const spec = { completionMode: 'Indexed', completions: 3, parallelism: 2 }
    ok(
      await cluster.create(
        jobs,
        job(world, 'many', ['echo', '$(JOB_COMPLETION_INDEX)', '$$(NONE)', '$(NONE)'], { spec }),
      )(),
    )
    const done = await whenJob(world, 'many', 'Complete')
    assert.match(text(done.status), /"completedIndexes":"0-2"/)
    const made = await podsOf(world, 'many')
    const logs = await Promise.all(
      made.map(async ({ metadata }) =>
        ok(await cluster.logs({ type: pods, namespace, name: metadata.name }, { container: 'main' })()),
      ),
    )
    assert.equal(
      logs.sort(),
      ['0', '1', '2'].map((index) => `${index} $(NONE) $(NONE)\n`),
    )
  })

  fact('an Indexed Job with a limit for each index goes on when one fails, and names it', async (world) => {
    const { cluster, namespace } = world
    for (const index of ['0', '2']) {
      const data = { 'a.txt': `part ${index}` }
      ok(await cluster.create(configMaps, object(configMaps, `part-${index}`, namespace, { data }))())
    }
    const part = (index: string) => ({
      configMap: { name: `part-${index}`, items: [{ key: 'a.txt', path: `${index}/b.txt` }] },
    })
    const pod = { volumes: [{ name: 'in', projected: { sources: [part('0'), part('2')] } }] }
    const container = { volumeMounts: [{ name: 'in', mountPath: '/in' }] }
    const limits = { backoffLimit: 3, backoffLimitPerIndex: 0 }
    const spec = { completionMode: 'Indexed', completions: 3, parallelism: 1, ...limits }
    const command = ['cat', '/in/$(JOB_COMPLETION_INDEX)/b.txt']
    ok(await cluster.create(jobs, job(world, 'parts', command, { spec, pod, container }))())
    const failed = await whenJob(world, 'parts', 'Failed')
    assert.match(text(failed.status), /"reason":"FailedIndexes"/)
    assert.match(text(failed.status), /"completedIndexes":"0,2"/)
    assert.match(text(failed.status), /"failedIndexes":"1"/)
    const made = await podsOf(world, 'parts')
    const told = await Promise.all(
      made.map(async ({ metadata }) => {
        const ref = { type: pods, namespace, name: metadata.name }
        const index = metadata.annotations?.['batch.kubernetes.io/job-completion-index']
        assert.match(metadata.name, new RegExp(`^parts-${index}-[a-z0-9]{5}$`))
        assert.is(metadata.labels?.['batch.kubernetes.io/job-completion-index'], index)
        return index === '1' ? 'none' : ok(await cluster.logs(ref, { container: 'main' })())
      }),
    )
    assert.equal(told.sort(), ['none', 'part 0', 'part 2'])
  })

  fact('a limit for each index is only for an Indexed Job, which says how many there are', async (world) => {
    const refusal = async (name: string, spec: object) =>
      bad(await world.cluster.create(jobs, job(world, name, ['true'], { spec }))(), 'Rejected')
    assert.match((await refusal('plain', { backoffLimitPerIndex: 0 })).message, /backoffLimitPerIndex/)
    const open = { completionMode: 'Indexed', parallelism: 2 }
    assert.match((await refusal('open', open)).message, /spec\.completions/)
  })

  fact('a Job that is removed takes its running pod with it', async (world) => {
    const { cluster } = world
    ok(await cluster.create(jobs, job(world, 'stopped', ['sleep', '60']))())
    const pod = await onlyPod(world, 'stopped')
    const now = await eventually('the Job is at rest', async () => {
      const read = ok(await cluster.get(refOf(jobs, object(jobs, 'stopped', world.namespace)))())
      const removed = await cluster.remove(refOf(jobs, read), exactly(read))()
      if (removed._tag === 'Left' && removed.left._tag === 'Conflict') return undefined
      ok(removed)
      return read
    })
    await gone(cluster, refOf(jobs, now))
    await gone(cluster, refOf(pods, pod))
  })

  fact('the template of a Job cannot be changed', async (world) => {
    const { cluster, namespace } = world
    ok(await cluster.create(jobs, job(world, 'fixed', ['true'], { spec: { suspend: true } }))())
    const refused = await eventually('the Job is at rest', async () => {
      const now = ok(await cluster.get({ type: jobs, namespace, name: 'fixed' })())
      const other = job(world, 'fixed', ['false'], { spec: { suspend: true } })
      const result = await cluster.replace(jobs, withMeta(other, exactly(now)))()
      return result._tag === 'Left' && result.left._tag === 'Conflict' ? undefined : result
    })
    assert.is(bad(refused, 'Rejected').status, 422)
  })

  fact('a deleted pod counts as a failed one', async (world) => {
    const { cluster } = world
    ok(await cluster.create(jobs, job(world, 'robbed', ['sleep', '60']))())
    await onlyPod(world, 'robbed')
    const pod = await eventually('the pod runs', async () => {
      const now = await onlyPod(world, 'robbed')
      return text(now.status).includes('"phase":"Running"') ? now : undefined
    })
    ok(await cluster.remove(refOf(pods, pod), exactly(pod))())
    const failed = await whenJob(world, 'robbed', 'Failed')
    assert.match(text(failed.status), /"reason":"BackoffLimitExceeded"/)
  })
}
