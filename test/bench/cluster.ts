/**
 * Clusters of any size under the policies of `work.ts`: pods in namespaces, as Felix sees them, and the like as Kubernetes has
 * it, in a file that peers read as well.
 */
import { orThrow } from '../../src/error.js'
import { decode, type Resource } from '../../src/model/resource.js'
import type { Workload } from '../../src/policy/world/flow.js'
import { policies, words } from './work.js'

const roles = [...words, 'legacy']
const envs = ['prod', 'stage', 'test'] as const

/** The first so many policies, decoded. */
export const resourcesOf = (count: number): ReadonlyArray<Resource> =>
  policies(count).map((policy) => orThrow(decode(policy)))

export interface PodShape {
  readonly namespaces: number
  /** Whether the label env, too, is other from pod to pod. */
  readonly hasEnv: boolean
}

/** A pod, all of it known. Its address is in no network of a policy. */
export const podOf = (i: number, { namespaces, hasEnv }: PodShape): Workload => {
  const place = i % namespaces
  return {
    _tag: 'Workload',
    namespace: `team-${place}`,
    name: `pod-${i}`,
    namespaceLabels: { team: place % 4 < 3 ? 'core' : 'edge', env: place % 2 === 0 ? 'prod' : 'test' },
    labels: {
      role: roles[Math.floor(i / namespaces) % roles.length] ?? '',
      env: envs[hasEnv ? i % envs.length : place % envs.length] ?? '',
      'pod-template-hash': `${i}`,
    },
    serviceAccount: '',
    namedPorts: [],
    ip: `100.${64 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`,
  }
}

export const podsOf = (count: number, shape: PodShape): ReadonlyArray<Workload> =>
  Array.from({ length: count }, (_, i) => podOf(i, shape))

export const nameOf = ({ namespace, name = '' }: Workload): string => `${namespace}/${name}`

const namespaceOf = (i: number) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: `team-${i}`,
    labels: { 'kubernetes.io/metadata.name': `team-${i}`, tier: i % 2 === 0 ? 'core' : 'edge' },
  },
})

const manifestOf = ({ namespace, name, labels, ip = '' }: Workload) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: {
    serviceAccountName: 'default',
    containers: [{ name: 'main', image: 'main', ports: [{ containerPort: 8080 }] }],
  },
  status: { phase: 'Running', hostIP: '192.168.0.1', podIP: ip, podIPs: [{ ip }] },
})

const kubernetesPolicy = (i: number, namespaces: number) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `policy-${i}`, namespace: `team-${i % namespaces}` },
  spec: {
    podSelector: { matchLabels: { role: roles[i % roles.length] } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { role: roles[(i + 1) % roles.length] } } },
          {
            namespaceSelector: { matchLabels: { tier: 'core' } },
            podSelector: { matchLabels: { env: 'prod' } },
          },
        ],
        ports: [{ protocol: 'TCP', port: 8000 + (i % 50) }],
      },
    ],
    egress: [
      {
        to: [{ podSelector: { matchLabels: { role: roles[(i + 2) % roles.length] } } }],
        ports: [{ protocol: 'TCP', port: 8000 + (i % 50) }],
      },
      { to: [{ ipBlock: { cidr: `10.${i % 250}.0.0/16` } }], ports: [{ protocol: 'UDP', port: 53 }] },
    ],
  },
})

/** A cluster as Kubernetes has it: namespaces, pods and NetworkPolicies. */
export const kubernetesCluster = (pods: number, count: number, namespaces = 20) => ({
  namespaces: Array.from({ length: namespaces }, (_, i) => namespaceOf(i)),
  pods: podsOf(pods, { namespaces, hasEnv: true }).map(manifestOf),
  policies: Array.from({ length: count }, (_, i) => kubernetesPolicy(i, namespaces)),
})
