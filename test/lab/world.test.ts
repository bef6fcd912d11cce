// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { orThrow } from '../../src/error.js'
import { worldFromJson, worldToJson } from '../../src/runner/world/world-file.js'
import { worldFrom } from '../../src/runner/world/world-from.js'
import { compileSnapshot } from '../../src/runner/world/world-snapshot.js'
import { becomes } from './becomes.js'
import { labTests, to } from './lab.js'

const worlds = suite('the world of a real cluster')
const onLab = await labTests(worlds)

const namespace = `world-${process.pid}`
const closed = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: ${namespace} }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }]
`

onLab('is read whole, and answers as packets do', async (lab) => {
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  await lab.kubectl(['create', 'namespace', namespace])
  try {
    const spec = (name: string) => ({
      namespace,
      name,
      labels: { app: name },
      serves: ['tcp/80', 'tcp/81'] as const,
    })
    const [web, api] = await lab.pods([spec('web'), spec('api')])
    if (web === undefined || api === undefined) return assert.unreachable('no pods')
    await lab.kubectl(['apply', '-f', '-'], closed)
    const snapshot = orThrow(await worldFrom(cluster)())
    assert.is(snapshot.calico, '3.28.5')
    assert.equal(snapshot.unread, [])
    const world = orThrow(compileSnapshot(orThrow(worldFromJson(worldToJson(snapshot)))))
    const decided = [80, 81].map((port) => {
      const flow = { from: `${namespace}/web`, to: `${namespace}/api`, protocol: 'TCP', port } as const
      return world.verdict(flow).decision
    })
    assert.equal(decided, ['allowed', 'denied'])
    await becomes(() => lab.probe(web, to(api, 'tcp/80'), to(api, 'tcp/81')), ['reachable', 'timed out'])
  } finally {
    await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
    cluster.close()
  }
})

worlds.run()
