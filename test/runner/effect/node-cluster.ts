import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { hostEndpoint, resource } from '../../../src/index.js'
import type { RunnerOptions } from '../../../src/runner/options.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { recorded } from '../intercept.js'
import { failureOf } from '../observe.js'
import { runningPod } from '../world/world-objects.js'

const node = (name: string, address: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': name },
  },
  status: {
    addresses: [{ type: 'InternalIP', address }],
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
})

interface Behind {
  readonly address: string
  readonly pod?: string
}

export const slice = (
  namespace: string,
  service: string,
  port: number,
  behind: Behind,
  protocol = 'TCP',
): KubeObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: `${service}-${port}-${protocol.toLowerCase()}-${behind.address}`,
    namespace,
    labels: { 'kubernetes.io/service-name': service },
  },
  addressType: 'IPv4',
  endpoints: [
    {
      addresses: [behind.address],
      ...(behind.pod === undefined ? {} : { targetRef: { kind: 'Pod', namespace, name: behind.pod } }),
    },
  ],
  ports: [{ port, protocol }],
})

export const objects: ReadonlyArray<KubeObject> = [
  node('control', '192.0.2.1'),
  node('worker', '192.0.2.2'),
  slice('default', 'kubernetes', 6443, { address: '192.0.2.1' }),
  runningPod('kube-system', 'dns', '10.0.0.53', {
    labels: { 'k8s-app': 'kube-dns' },
    spec: { nodeName: 'worker' },
  }),
  runningPod('shop', 'web', '10.0.0.1', { spec: { nodeName: 'worker' } }),
  runningPod('shop', 'hook', '10.0.0.2', { spec: { nodeName: 'worker' } }),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'kube-dns', namespace: 'kube-system' }, spec: {} },
  slice('kube-system', 'kube-dns', 53, { address: '10.0.0.53', pod: 'dns' }, 'UDP'),
  slice('shop', 'hook', 8443, { address: '10.0.0.2', pod: 'hook' }),
]

export const endpoints = [
  hostEndpoint('control', 'control').interfaceName('*').expectedIPs('192.0.2.1').labels({ host: 'control' }),
  hostEndpoint('worker', 'worker').interfaceName('*').expectedIPs('192.0.2.2').labels({ host: 'worker' }),
].map((it) => it.profiles('projectcalico-default-allow'))
export const pool = resource('IPPool', 'pods', { cidr: '10.0.0.0/16', ipipMode: 'Always' })

type Resources = ReadonlyArray<unknown>

/** A cluster in which somebody has put this already, with more objects of Kubernetes if there are any. */
export const clusterWith = async (there: Resources, more: ReadonlyArray<KubeObject> = []) => {
  const cluster = memoryCluster({ namespaces: ['shop'], objects: [...objects, ...more] })
  const base = createRunner({ owner: 'base', cluster, lockout: 'ignore' })
  if (there.length > 0) await base.apply(there)
  return cluster
}

/** What apply refuses, and plan says beforehand, word for word; neither writes. */
export const refusedOn = async (
  cluster: Parameters<typeof recorded>[0],
  wanted: Resources,
  options: Partial<RunnerOptions> = {},
) => {
  const seen = recorded(cluster)
  const runner = createRunner({ owner: 'ours', cluster: seen.cluster, ...options })
  const failure = failureOf(await runner.te.apply(wanted)())
  if (failure._tag !== 'Lockout') throw new Error(`${failure._tag}: ${failure.message}`)
  const { lockout } = await runner.plan(wanted)
  assert.equal(lockout, failure)
  assert.equal(seen.writes, [])
  return failure
}
