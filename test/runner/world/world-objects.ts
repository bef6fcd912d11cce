import type { KubeObject } from '../../../src/cluster/port.js'

/** A pod as a cluster has it, with much that no policy looks at. */
export const runningPod = (
  namespace: string,
  name: string,
  ip: string,
  more: {
    readonly labels?: Readonly<Record<string, string>>
    readonly spec?: object
    readonly phase?: string
  } = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace,
    labels: { app: name, ...more.labels },
    annotations: { note: 'x'.repeat(200) },
  },
  spec: {
    nodeName: 'memory',
    serviceAccountName: 'default',
    containers: [
      {
        name: 'main',
        image: 'web:1',
        env: [{ name: 'A', value: 'b' }],
        ports: [{ name: 'http', containerPort: 80 }],
      },
    ],
    ...more.spec,
  },
  status: { phase: more.phase ?? 'Running', podIP: ip, podIPs: [{ ip }] },
})

export const kubernetesPolicy = (namespace: string, name: string, spec: object): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
})

export const denyTo = (app: string): object => ({
  podSelector: { matchLabels: { app } },
  policyTypes: ['Ingress'],
  ingress: [],
})

/** A custom type of the network policy API, as its own release defines it, as far as a server needs. */
export const definition = (
  kind: string,
  resource: string,
  ...versions: ReadonlyArray<string>
): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${resource}.policy.networking.k8s.io` },
  spec: {
    group: 'policy.networking.k8s.io',
    scope: 'Cluster',
    names: { plural: resource, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
    versions: versions.map((name, index) => ({
      name,
      served: true,
      storage: index === 0,
      schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    })),
  },
})
