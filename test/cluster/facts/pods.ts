import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import {
  bad,
  configMaps,
  eventually,
  type Fact,
  jobs,
  namespaces,
  object,
  ok,
  pods,
  refOf,
  type as typeOf,
  unique,
  type World,
  withMeta,
} from '../contract-ground.js'
import { job, restricted } from './job-spec.js'
import { onlyPod } from './jobs.js'

const quotas = typeOf('', 'resourcequotas', 'ResourceQuota')

const text = (value: unknown): string => JSON.stringify(value)

/** The pod of the Job, once its status tells this. */
const podThat = (world: World, name: string, tells: RegExp): Promise<KubeObject> =>
  eventually(`the pod of ${name} tells ${tells}`, async () => {
    const pod = await onlyPod(world, name)
    return tells.test(text(pod.status)) ? pod : undefined
  })

const pod = ({ namespace, busybox }: World, name: string, securityContext: object): KubeObject =>
  object(pods, name, namespace, {
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: busybox, command: ['true'], securityContext }],
    },
  })

export const podFacts = (fact: Fact): void => {
  fact('an image that cannot be had keeps the pod waiting', async (world) => {
    const container = { image: 'no-such.test/image:1' }
    ok(await world.cluster.create(jobs, job(world, 'pull', ['true'], { container }))())
    const waiting = await podThat(world, 'pull', /"reason":"(ErrImagePull|ImagePullBackOff)"/)
    const ref = refOf(pods, waiting)
    assert.is(bad(await world.cluster.logs(ref, { container: 'main' })(), 'Rejected').status, 400)
  })

  fact('an image name that is none is told apart', async (world) => {
    const container = { image: 'Not A Name' }
    ok(await world.cluster.create(jobs, job(world, 'name', ['true'], { container }))())
    await podThat(world, 'name', /"reason":"InvalidImageName"/)
  })

  fact('a pod that fits on no node is unschedulable', async (world) => {
    const spec = { nodeSelector: { 'contract.test/no-such': 'label' } }
    ok(await world.cluster.create(jobs, job(world, 'misfit', ['true'], { pod: spec }))())
    const stuck = await podThat(world, 'misfit', /"reason":"Unschedulable"/)
    assert.match(
      text(stuck.status),
      /0\/1 nodes are available: 1 node\(s\) didn't match Pod's node affinity\/selector/,
    )
    assert.match(text(stuck.status), /"phase":"Pending"/)
  })

  fact('a key that is missing in a ConfigMap keeps the container from being made', async (world) => {
    const { cluster, namespace } = world
    ok(await cluster.create(configMaps, object(configMaps, 'settings', namespace, { data: {} }))())
    const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'none' } } }]
    ok(await cluster.create(jobs, job(world, 'config', ['true'], { container: { env } }))())
    await podThat(world, 'config', /"reason":"CreateContainerConfigError"/)
  })

  fact('a log is cut by lines from its start, by bytes from its end', async (world) => {
    const { cluster } = world
    ok(
      await cluster.create(jobs, job(world, 'log', ['sh', '-c', 'echo one; echo two; echo three; exit 0']))(),
    )
    const ref = refOf(pods, await podThat(world, 'log', /"phase":"Succeeded"/))
    const read = async (options: { tailLines?: number; limitBytes?: number }): Promise<string> =>
      ok(await cluster.logs(ref, { container: 'main', ...options })())
    assert.is(await read({}), 'one\ntwo\nthree\n')
    assert.is(await read({ tailLines: 2 }), 'two\nthree\n')
    assert.is(await read({ limitBytes: 5 }), 'one\nt')
    assert.is(bad(await cluster.logs(ref, { container: 'none' })(), 'Rejected').status, 400)
    bad(await cluster.logs({ ...ref, name: 'none' }, { container: 'main' })(), 'NotFound')
  })

  fact('a namespace for restricted pods takes no others', async (world) => {
    const { cluster, namespace } = world
    const labelled = ok(await cluster.get({ type: namespaces, name: namespace })())
    const labels = { ...labelled.metadata.labels, 'pod-security.kubernetes.io/enforce': 'restricted' }
    ok(await cluster.replace(namespaces, withMeta(labelled, { labels }))())
    const refused = await eventually('it is in force', async () => {
      const result = await cluster.create(pods, pod(world, unique('plain'), {}))()
      return result._tag === 'Left' ? bad(result, 'Forbidden') : undefined
    })
    assert.is(refused.by, 'admission')
    assert.match(refused.message, /violates PodSecurity "restricted:latest"/)
    for (const field of [
      'allowPrivilegeEscalation',
      'capabilities.drop',
      'runAsNonRoot',
      'seccompProfile.type',
    ]) {
      assert.match(refused.message, new RegExp(`securityContext\\.${field}`))
    }
    ok(await cluster.create(pods, pod(world, 'fine', restricted))())
    ok(await cluster.create(jobs, job(world, 'allowed', ['true'], { container: { securityContext: {} } }))())
  })

  fact('a quota refuses what is one too many', async (world) => {
    const { cluster, namespace } = world
    const hard = { 'count/configmaps': '2' }
    const quota = ok(await cluster.create(quotas, object(quotas, 'few', namespace, { spec: { hard } }))())
    const refused = await eventually('the quota is in force', async () => {
      const result = await cluster.create(configMaps, object(configMaps, unique('one'), namespace))()
      return result._tag === 'Left' ? bad(result, 'Forbidden') : undefined
    })
    assert.is(refused.by, 'admission')
    assert.match(refused.message, /exceeded quota: few, requested: count\/configmaps=1/)
    ok(await cluster.get(refOf(quotas, quota))())
  })
}
