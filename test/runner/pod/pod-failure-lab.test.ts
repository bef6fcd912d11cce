// @lab
import { suite } from 'uvu'
import { kubeCluster } from '../../../src/cluster/kube.js'
import { becomes } from '../../lab/becomes.js'
import { type Lab, labTests } from '../../lab/lab.js'
import { type Provocation, provocations, provoke } from './pod-failures.js'

const failing = suite('a pod that fails, on the lab')
const onLab = await labTests(failing)
let next = 0

const real = (
  provocation: Provocation,
  prepare: (lab: Lab, namespace: string) => Promise<unknown> = async () => undefined,
  meanwhile: (lab: Lab, namespace: string) => Promise<unknown> = async () => undefined,
): void =>
  onLab(`tells ${provocation.fact} by its own name, with reason, events and remedy`, async (lab) => {
    const namespace = `failing-${process.pid}-${next++}`
    await lab.kubectl(['create', 'namespace', namespace])
    await prepare(lab, namespace)
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    try {
      await Promise.all([provoke({ cluster, namespace }, provocation), meanwhile(lab, namespace)])
    } finally {
      await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
      cluster.close()
    }
  })

for (const provocation of provocations) real(provocation)

real(
  {
    fact: 'a quota that is used up',
    problem: 'NotAdmitted',
    reason: /^FailedCreate$/,
    tells: /exceeded quota: none/,
  },
  (lab, namespace) => lab.kubectl(['create', 'quota', 'none', '--hard=pods=0', '--namespace', namespace]),
)
real(
  {
    fact: 'the host network where Pod Security forbids it',
    options: { pod: { hostNetwork: true } },
    problem: 'NotAdmitted',
    reason: /^FailedCreate$/,
    tells: /violates PodSecurity "restricted:latest"/,
  },
  (lab, namespace) =>
    lab.kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']),
)
real({
  fact: 'a memory limit that is too small',
  options: { pod: { resources: { limits: { memory: '8Mi' } } } },
  problem: 'OutOfMemory',
  reason: /^OOMKilled$/,
})
real(
  {
    fact: 'a pod that someone deletes',
    problem: 'Vanished',
    reason: /^Gone$/,
    options: { pod: { nodeSelector: { 'no-such': 'node' } }, patienceMs: 20_000 },
  },
  undefined,
  async (lab, namespace) => {
    const pods = ['pods', '--namespace', namespace]
    await becomes(async () => (await lab.kubectl(['get', ...pods, '-o', 'name'])).stdout !== '', true)
    // It waits for a node, long enough to be seen first.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    await lab.kubectl(['delete', ...pods, '--all', '--wait=false'])
  },
)
real({
  fact: 'a pod for which the time is too short',
  options: { pod: { nodeSelector: { 'no-such': 'node' } }, patienceMs: 60_000, timeoutMs: 6_000 },
  problem: 'Unschedulable',
  reason: /^Unschedulable$/,
})

failing.run()
