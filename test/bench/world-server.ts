/**
 * An in-memory cluster with pods and policies, behind HTTP, until its input ends: `world-server.ts PODS POLICIES` prints its URL.
 */
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { toStorage } from '../../src/fleet/to-storage.js'
import { memoryCluster, serveMemory } from '../../src/testing/index.js'
import { policies } from './work.js'

const [pods, count] = process.argv.slice(2).map(Number)
const namespaces = 40
const owners = 300

/** What else a pod of a cluster is made of, and no policy looks at. */
const weight = {
  volumes: Array.from({ length: 3 }, (_, i) => ({
    name: `volume-${i}`,
    configMap: { name: `config-${i}`, defaultMode: 420 },
  })),
  tolerations: [
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
  ],
}

const podOf = (i: number): KubeObject => {
  const app = `app-${i % owners}`
  const ip = `10.${64 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${app}-${i}`,
      namespace: `team-${i % namespaces}`,
      labels: { app, role: ['web', 'api', 'db'][i % 3] ?? '', 'pod-template-hash': `${i % owners}` },
      annotations: {
        'cni.projectcalico.org/podIP': `${ip}/32`,
        'cni.projectcalico.org/containerID': 'f'.repeat(64),
      },
    },
    spec: {
      ...weight,
      nodeName: 'memory',
      serviceAccountName: 'default',
      containers: [
        {
          name: 'main',
          image: `registry.example/${app}:1`,
          env: Array.from({ length: 12 }, (_, n) => ({ name: `SETTING_${n}`, value: `value-${n}-${app}` })),
          ports: [{ name: 'http', containerPort: 8080 }],
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        },
      ],
    },
    status: {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      hostIP: '192.0.2.1',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  }
}

const stored = orThrow(toStorage(policies(count ?? 0), { calico: '3.28.5' }))
const cluster = memoryCluster({
  namespaces: Array.from({ length: namespaces }, (_, i) => `team-${i}`),
  objects: [
    ...Array.from({ length: pods ?? 0 }, (_, i) => podOf(i)),
    ...(stored as ReadonlyArray<unknown> as ReadonlyArray<KubeObject>),
  ],
})
const { url, close } = await serveMemory(cluster.server)
console.log(url)
process.stdin.resume()
process.stdin.on('end', () => void close().then(() => process.exit()))
