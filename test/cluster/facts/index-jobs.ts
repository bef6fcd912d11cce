import * as assert from 'uvu/assert'
import { secrets } from '../../../src/cluster/resource-types.js'
import { eventually, type Fact, jobs, object, ok, pods } from '../contract-ground.js'
import { job } from './job-spec.js'

/** What a fleet's Job relies on. */
export const indexJobFacts = (fact: Fact): void => {
  fact(
    'a pod of an Indexed Job sees the folder of its index, with an optional Secret or without',
    async (world) => {
      const { cluster, namespace } = world
      const data = { key: Buffer.from('of zero').toString('base64') }
      ok(await cluster.create(secrets, object(secrets, 'zero', namespace, { data }))())
      const source = (name: string, index: number) => ({
        secret: { name, optional: true, items: [{ key: 'key', path: `${index}/key` }] },
      })
      const pod = {
        securityContext: { fsGroup: 65534 },
        volumes: [{ name: 'in', projected: { sources: [source('zero', 0), source('none', 1)] } }],
      }
      const mount = { name: 'in', mountPath: '/in', subPathExpr: '$(JOB_COMPLETION_INDEX)', readOnly: true }
      const spec = {
        completionMode: 'Indexed',
        completions: 2,
        parallelism: 2,
        backoffLimit: 9,
        backoffLimitPerIndex: 1,
      }
      const rules = [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [1] } }]
      const all = {
        spec: { ...spec, podFailurePolicy: { rules } },
        pod,
        container: { volumeMounts: [mount] },
      }
      ok(await cluster.create(jobs, job(world, 'folders', ['cat', '/in/key'], all))())
      const ended = await eventually('the Job has ended', async () => {
        const now = ok(await cluster.get({ type: jobs, namespace, name: 'folders' })())
        return /"type":"Failed"/.test(JSON.stringify(now.status)) ? now : undefined
      })
      assert.match(JSON.stringify(ended.status), /"completedIndexes":"0"/)
      assert.match(JSON.stringify(ended.status), /"failedIndexes":"1"/)
      const labelSelector = 'batch.kubernetes.io/job-name=folders'
      const made = ok(await cluster.list(pods, { namespace, labelSelector })()).items
      assert.is(made.length, 2, 'an exit code that gives an index up is not tried again')
      const first = made.find(({ metadata }) => metadata.name.startsWith('folders-0-'))
      const ref = { type: pods, namespace, name: first?.metadata.name ?? '' }
      assert.is(ok(await cluster.logs(ref, { container: 'main' })()), 'of zero')
    },
  )

  fact('a failure that is to be ignored uses up no attempt of its index', async (world) => {
    const { cluster, namespace } = world
    const secret = { name: 'late', optional: true, items: [{ key: 'key', path: '0/key' }] }
    const pod = {
      securityContext: { fsGroup: 65534 },
      volumes: [{ name: 'in', projected: { sources: [{ secret }] } }],
    }
    const mount = { name: 'in', mountPath: '/in', subPathExpr: '$(JOB_COMPLETION_INDEX)', readOnly: true }
    const rules = [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [1] } }]
    const spec = {
      completionMode: 'Indexed',
      completions: 1,
      backoffLimit: 0,
      backoffLimitPerIndex: 0,
      podFailurePolicy: { rules },
    }
    const all = { spec, pod, container: { volumeMounts: [mount] } }
    ok(await cluster.create(jobs, job(world, 'again', ['cat', '/in/key'], all))())
    const labelSelector = 'batch.kubernetes.io/job-name=again'
    await eventually('a second pod has begun', async () => {
      const { items } = ok(await cluster.list(pods, { namespace, labelSelector })())
      return items.length > 1 ? items : undefined
    })
    const data = { key: Buffer.from('late').toString('base64') }
    ok(await cluster.create(secrets, object(secrets, 'late', namespace, { data }))())
    const ended = await eventually('the Job is complete', async () => {
      const now = ok(await cluster.get({ type: jobs, namespace, name: 'again' })())
      return /"type":"Complete"/.test(JSON.stringify(now.status)) ? now : undefined
    })
    assert.match(JSON.stringify(ended.status), /"completedIndexes":"0"/)
    assert.is(Object(ended.status).failed, undefined)
  })
}
