import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { goldmane } from '../../policy/flows/logs.js'
import { servedWorkshop } from '../workshop.js'
import { apiYaml, workloadsYaml } from './shop-files.js'

const onCluster = suite('worlds of a cluster and of a snapshot')

const pod = (name: string, app: string, podIP: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app } },
  spec: {
    nodeName: 'node-1',
    containers: [{ name: 'main', image: 'main', ports: [{ name: 'http', containerPort: 8080 }] }],
  },
  status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
})

const place = await servedWorkshop(
  {
    'policies/api.yaml': apiYaml(),
    'wider/api.yaml': apiYaml('matchExpressions: [{ key: app, operator: Exists }]'),
    'workloads.yaml': workloadsYaml,
    'flows.json': goldmane(['shop/web-6b7f9d4c8-*', 'shop/api-5c6d7e8f9-*']),
  },
  {
    objects: [pod('web-6b7f9d4c8-x2k4p', 'web', '10.0.0.1'), pod('api-5c6d7e8f9-b7c8d', 'api', '10.0.0.2')],
  },
)
const flow = ['--from', '192.0.2.7', '--to', 'shop/api-5c6d7e8f9-b7c8d', '--port', '8080']

onCluster('answer as the cluster is, and as if the inputs were applied', async () => {
  const now = await place.call(['verdict', '--context', 'staging', ...flow])
  assert.equal([now.code, now.stdout.split('\n')[0]], [0, 'allowed'])
  assert.match(now.stderr, /^On context staging/)
  const then = await place.call(['verdict', 'policies', '--context', 'staging', ...flow])
  assert.is(then.stdout.split('\n')[0], 'denied')
})

onCluster('say what the inputs change there', async () => {
  const { code, stdout } = await place.call([
    'diff',
    'policies',
    '--context',
    'staging',
    '--fail-on',
    'closes',
  ])
  assert.is(code, 2)
  assert.match(stdout, /^- .*outside .*→ shop\/api-5c6d7e8f9-b7c8d: .*\(was allowed\)$/m)
})

onCluster('take away a workload that only what there was has, and find a pod by its address', async () => {
  place.write('less/api.yaml', apiYaml())
  place.write('more/all.yaml', `${apiYaml()}---\n${workloadsYaml}`)
  const { stdout } = await place.call(['diff', 'more', 'less', '--context', 'staging', '--focus', 'shop/web'])
  assert.match(stdout, /^- shop\/web.* \(no longer there\)$/m)
  const byAddress = ['--from', '192.0.2.7', '--to', '10.0.0.2', '--port', '8080']
  const asked = await place.call(['verdict', 'policies', '--context', 'staging', ...byAddress])
  assert.is(asked.stdout.split('\n')[0], 'denied')
})

onCluster('write a snapshot that answers without the cluster', async () => {
  const { code } = await place.call(['snapshot', '--context', 'staging', '-o', 'world.json'])
  assert.is(code, 0)
  const kubeconfig = { env: { KUBECONFIG: '/nowhere' } }
  const there = await place.call(['verdict', 'policies', '--world', 'world.json', ...flow], kubeconfig)
  assert.is(there.stdout.split('\n')[0], 'denied')
  const replayed = await place.call(['replay', 'flows.json', 'policies', '--world', 'world.json'], kubeconfig)
  assert.match(replayed.stdout, '1 record: 1 allowed')
  const changed = await place.call(['diff', 'policies', 'wider', '--world', 'world.json'], kubeconfig)
  assert.match(changed.stdout, '+ shop/api-5c6d7e8f9-b7c8d → shop/api-5c6d7e8f9-b7c8d: TCP 8080 (was denied)')
  const gone = await place.call(['diff', 'policies', 'workloads.yaml', '--world', 'world.json'], kubeconfig)
  assert.match(gone.stdout, /^\+ .*outside .*→ shop\/api-5c6d7e8f9-b7c8d/m)
  assert.is((await place.call(['diff', 'world.json', 'world.json'], kubeconfig)).stdout, 'nothing changes\n')
})

onCluster('name no one in a snapshot that is to be shown', async () => {
  const { stdout } = await place.call(['snapshot', '--context', 'staging', '--anonymous'])
  assert.not.match(stdout, 'x2k4p')
  assert.not.match(stdout, '10.0.0.1')
})

onCluster('refuse a file of another version, another file, and two worlds', async () => {
  const text = readFileSync(join(place.folder, 'world.json'), 'utf8')
  place.write('newer.json', text.replace('"version": 1', '"version": 99'))
  const newer = await place.call(['verdict', '--world', 'newer.json', ...flow])
  assert.is(newer.code, 1)
  assert.match(newer.stderr, /newer\.json.*of version 99.*\[world-version\]/s)
  assert.match((await place.call(['verdict', '--world', 'flows.json', ...flow])).stderr, 'not-a-world')
  assert.is((await place.call(['verdict', '--world', 'none.json', ...flow])).code, 66)
  assert.is(
    (await place.call(['verdict', '--world', 'world.json', '--context', 'staging', ...flow])).code,
    64,
  )
})

onCluster('say what an account may not read, and stop where that is all', async () => {
  const { code, stderr } = await place.call(['connectivity', '--kubeconfig', place.reader])
  assert.is(code, 1)
  assert.match(stderr, 'MissingPermissions')
  assert.match(stderr, 'ClusterRole')
})

onCluster.after(place.close)
onCluster.run()
