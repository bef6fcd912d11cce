import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy, orThrow } from '../../../src/index.js'
import { compile } from '../../../src/policy/index.js'

const workloads = suite('workloads')

const template = (app: string) => ({
  metadata: { labels: { app } },
  spec: { serviceAccountName: 'robot', containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
})

const workload = (kind: string, name: string, more: object = {}, apiVersion = 'apps/v1') => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop', ...more },
  spec: { template: template(name) },
})

const owned = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] })

const pod = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'web' }, ...more },
  spec: {},
})

const peers = (...resources: ReadonlyArray<object>): ReadonlyArray<string> =>
  orThrow(compile({ resources }))
    .connectivity()
    .classes.flatMap(({ members }) => members.map(({ name }) => name))
    .sort()

const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'report', namespace: 'shop' },
  spec: { jobTemplate: { spec: { template: template('report') } } },
}

workloads('are one peer each, under their own names', () => {
  assert.equal(
    peers(
      workload('Deployment', 'web'),
      workload('StatefulSet', 'db'),
      workload('DaemonSet', 'agent'),
      workload('ReplicaSet', 'old'),
      workload('Job', 'migrate', {}, 'batch/v1'),
      workload('ReplicationController', 'ancient', {}, 'v1'),
      cronJob,
    ),
    ['agent', 'ancient', 'db', 'migrate', 'old', 'report', 'web'].map((name) => `shop/${name}`),
  )
})

workloads('are none where another group has a kind of that name', () => {
  assert.equal(peers(workload('Deployment', 'web', {}, 'example.org/v1'), pod('there')), ['shop/there'])
})

workloads('have the labels, the account and the ports of their template', () => {
  const policy = networkPolicy('web', 'shop')
    .selector("app == 'web'")
    .allowIngress({
      protocol: 'TCP',
      source: { serviceAccounts: { names: ['robot'] } },
      destination: { ports: ['http'] },
    })
  const world = orThrow(
    compile({ resources: [policy, workload('Deployment', 'web'), workload('Deployment', 'api')] }),
  )
  const ask = (port: number) =>
    world.verdict({ from: 'shop/api', to: 'shop/web', protocol: 'TCP', port }).decision
  assert.equal([ask(8080), ask(8081)], ['allowed', 'denied'])
})

workloads('know the labels that Kubernetes gives the pods of a job', () => {
  const world = orThrow(compile({ resources: [workload('Job', 'migrate', {}, 'batch/v1')] }))
  assert.equal(orThrow(world.peersOf("job-name == 'migrate'")).pods, ['shop/migrate'])
})

workloads('give way to their own pods, and to what owns them', () => {
  const set = workload('ReplicaSet', 'web-6b7f9', owned('Deployment', 'web'))
  assert.equal(peers(workload('Deployment', 'web'), set), ['shop/web'])
  assert.equal(
    peers(workload('Deployment', 'web'), set, pod('web-6b7f9-x', owned('ReplicaSet', 'web-6b7f9'))),
    ['shop/web-6b7f9-x'],
  )
})

workloads('keep their kind where the name is taken', () => {
  assert.equal(peers(pod('web'), workload('Deployment', 'web')), ['shop/web', 'shop/web (Deployment)'])
})

workloads('on the network of their node are none', () => {
  const agent = workload('DaemonSet', 'agent')
  const onHost = { ...agent, spec: { template: { metadata: {}, spec: { hostNetwork: true } } } }
  assert.equal(peers(onHost, pod('there')), ['shop/there'])
})

workloads.run()
