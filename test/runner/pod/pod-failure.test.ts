import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { namespaces } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { podState } from '../../../src/runner/pod/pod-status.js'
import { type MemoryClusterOptions, memoryCluster } from '../../../src/testing/index.js'
import { type Provocation, provocations, provoke } from './pod-failures.js'

const failing = suite('a pod that fails, on the in-memory cluster')

const inMemory = (provocation: Provocation, options: MemoryClusterOptions = {}, prepare?: KubeObject): void =>
  failing(`tells ${provocation.fact} by its own name, with reason, events and remedy`, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'], ...options })
    try {
      if (prepare !== undefined) {
        const found = orThrow(await cluster.get({ type: namespaces, name: 'shop' })())
        orThrow(
          await cluster.replace(namespaces, {
            ...found,
            metadata: { ...found.metadata, ...prepare.metadata },
          })(),
        )
      }
      await provoke({ cluster, namespace: 'shop' }, provocation)
    } finally {
      cluster.close()
    }
  })

for (const provocation of provocations) inMemory(provocation)

inMemory(
  {
    fact: 'a quota that is used up',
    problem: 'NotAdmitted',
    reason: /^FailedCreate$/,
    tells: /exceeded quota: none/,
  },
  {
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'none', namespace: 'shop' },
        spec: { hard: { pods: '0' } },
      },
    ],
  },
)
inMemory(
  {
    fact: 'a webhook that refuses the pod',
    problem: 'NotAdmitted',
    reason: /^FailedCreate$/,
    tells: /no such pods here/,
  },
  { webhook: (type) => (type.resource === 'pods' ? 'no such pods here' : undefined) },
)
inMemory(
  {
    fact: 'the host network where Pod Security forbids it',
    options: { pod: { hostNetwork: true } },
    problem: 'NotAdmitted',
    reason: /^FailedCreate$/,
    tells: /PodSecurity "restricted:latest"/,
  },
  {},
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
)
inMemory(
  { fact: 'a container that is killed for its memory', problem: 'OutOfMemory', reason: /^OOMKilled$/ },
  { fault: () => 'OOMKilled' },
)
inMemory(
  {
    fact: 'an eviction',
    problem: 'Evicted',
    reason: /Evicted|TerminationByKubelet/,
    tells: /low on resource/,
  },
  { fault: () => 'Evicted' },
)
inMemory(
  { fact: 'a pod that someone deletes', problem: 'Vanished', reason: /^Gone$/ },
  { fault: () => 'Vanished' },
)
inMemory(
  {
    fact: 'a pod that hangs',
    options: { timeoutMs: 1_500 },
    problem: 'DeadlineExceeded',
    reason: /^TimedOut$/,
    tells: /Running/,
  },
  { fault: () => 'Hangs' },
)
inMemory(
  {
    fact: 'a pod that cannot reach the API server',
    problem: 'ApiServerUnreachable',
    reason: /^NoConnection$/,
  },
  { fault: () => 'NoNetwork' },
)

const ended = (status: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'shop' },
  status,
})

failing('reads an image for another processor off the words of the kernel', () => {
  const terminated = {
    exitCode: 255,
    reason: 'StartError',
    message: 'exec /usr/bin/calicoctl: exec format error',
  }
  const state = podState(
    ended({ phase: 'Failed', containerStatuses: [{ name: 'create', state: { terminated } }] }),
  )
  assert.is(state._tag === 'Problem' && state.problem, 'WrongArchitecture')
})

inMemory({
  fact: 'an image of another version, whose calicoctl is elsewhere,',
  options: { image: { name: 'docker.io/calico/ctl:v3.27.4' } },
  problem: 'NoCalicoctl',
  reason: /^StartError$/,
  tells: /exec: "\/usr\/bin\/calicoctl": stat \/usr\/bin\/calicoctl: no such file or directory/,
})

failing('waits for its own containers only: a sidecar may run for ever', () => {
  const containerStatuses = [
    { name: 'create', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    { name: 'istio-proxy', state: { running: {} } },
  ]
  assert.equal(podState(ended({ phase: 'Running', containerStatuses })), {
    _tag: 'Ended',
    exits: [{ container: 'create', exitCode: 0 }],
  })
})

failing.run()
