// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { policies } from '../../examples/karydia-demo.js'
import { kubeCluster } from '../../src/cluster/kube.js'
import { toYaml } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { ownerSelector } from '../../src/runner/state/owner-labels.js'
import { listAll } from '../runner/observe.js'
import { becomes } from './becomes.js'
import { type Answer, type Lab, labTests, type Pod, to } from './lab.js'

const scenario = suite("karydia's demo, with real packets")
const onLab = await labTests(scenario)
const owner = 'scenario'

const pods = ['test1', 'test2'].flatMap((namespace) => [
  { namespace, name: 'server', labels: { app: 'server' }, serves: ['tcp/80'] as const },
  { namespace, name: 'client', labels: { app: 'client' } },
])

/** What the clients get from the servers, as `from → to`. */
const talk = async (lab: Lab, [server1, client1, server2, client2]: ReadonlyArray<Pod>) => {
  assert.ok(server1 && client1 && server2 && client2)
  const ask = async (from: Pod, target: Pod): Promise<Answer | undefined> =>
    (await lab.probe(from, to(target, 'tcp/80')))[0]
  return {
    'test1 → test1': await ask(client1, server1),
    'test2 → test2': await ask(client2, server2),
    'test2 → test1': await ask(client2, server1),
  }
}

const allAnswer: Awaited<ReturnType<typeof talk>> = {
  'test1 → test1': 'reachable',
  'test2 → test2': 'reachable',
  'test2 → test1': 'reachable',
}

onLab('denies two namespaces, lets one talk within itself, and leaves nothing after cleanup', async (lab) => {
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  const runner = createRunner({ owner, cluster })
  try {
    for (const name of ['test1', 'test2']) await lab.kubectl(['create', 'namespace', name])
    const started = await lab.pods(pods)
    await becomes(() => talk(lab, started), allAnswer)

    const report = await runner.apply(policies)
    assert.equal(
      report.items.map(({ outcome }) => outcome),
      ['created', 'created'],
    )
    await becomes(() => talk(lab, started), {
      'test1 → test1': 'reachable',
      'test2 → test2': 'timed out',
      'test2 → test1': 'timed out',
    })

    assert.equal([...(await runner.cleanup()).removed].sort(), [
      'GlobalNetworkPolicy(deny-all)',
      'NetworkPolicy(test1/allow-all-low)',
    ])
    await becomes(() => talk(lab, started), allAnswer)
    assert.equal(await listAll(cluster, ownerSelector(owner)), [])
  } finally {
    await runner.cleanup()
    await lab.kubectl(['delete', 'namespace', 'test1', 'test2'])
    cluster.close()
  }
})

onLab('prints YAML that calicoctl itself applies', async (lab) => {
  const yaml = toYaml(...policies)
    .replaceAll('test1', 'default')
    .replaceAll('test2', 'nowhere')
  const applied = await lab.calicoctl(
    ['create', '-f', '-'],
    yaml.replace("'default', 'nowhere'", "'nowhere'"),
  )
  const deleted = await lab.calicoctl(['delete', '-f', '-'], yaml)
  assert.match(applied.stdout, 'Successfully created 2 resource(s)', applied.stderr)
  assert.is(deleted.code, 0, deleted.stderr)
})

scenario.run()
