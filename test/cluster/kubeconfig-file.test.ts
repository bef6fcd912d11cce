import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import type { KubeConfigLike } from '../../src/cluster/kubeconfig.js'
import { memoryCluster } from '../../src/cluster/memory.js'
import type { Cluster } from '../../src/cluster/port.js'
import { bad, ok } from './contract-ground.js'
import { servedConfig } from './kubeconfig.js'

const file = suite('a kubeconfig for another program')

const url = 'https://one.example:6443'
const handedOut = async (cluster: Cluster) =>
  JSON.parse(ok(await (cluster.kubeconfig as NonNullable<Cluster['kubeconfig']>)()()))

const clusterFor = (user: object, ca: object = {}): Cluster =>
  kubeCluster({ kubeconfig: servedConfig(url, user, ca) })

file('has the context that is in use, its cluster and its user, and no others', async () => {
  const config = servedConfig(url, { token: 'mine' })
  const { users, contexts, currentContext } = config
  config.loadFromOptions({
    clusters: [...config.clusters, { name: 'other', server: 'https://other.example', skipTLSVerify: false }],
    users: [...users, { name: 'other', token: 'canary' }],
    contexts: [...contexts, { name: 'other', cluster: 'other', user: 'other' }],
    currentContext,
  })
  const written = await handedOut(kubeCluster({ kubeconfig: config }))
  assert.is(written['current-context'], 'served')
  assert.equal(
    [written.clusters, written.users, written.contexts].map((list) =>
      list.map(({ name }: { name: string }) => name),
    ),
    [['served'], ['user'], ['served']],
  )
  assert.is(written.users[0].user.token, 'mine')
  assert.is(written.clusters[0].cluster['insecure-skip-tls-verify'], true)
  assert.not.match(JSON.stringify(written), /other|canary/)
})

file("has a pod's token file under the name that client-go has for it", async () => {
  const authProvider = { name: 'tokenFile', config: { tokenFile: '/var/run/token' } }
  const { users } = await handedOut(clusterFor({ authProvider }))
  assert.equal(users[0].user, { tokenFile: '/var/run/token' })
})

file('finds plugins and certificates from wherever the file is', async () => {
  const { users, clusters } = await handedOut(
    clusterFor(
      { certFile: 'me.crt', keyFile: '/abs/me.key', exec: { command: './plugin', args: [] } },
      { caFile: 'ca.crt' },
    ),
  )
  const here = (name: string) => join(process.cwd(), name)
  const { exec, 'client-certificate': certificate, 'client-key': key } = users[0].user
  assert.equal([exec.command, certificate, key], [here('plugin'), here('me.crt'), '/abs/me.key'])
  assert.is(clusters[0].cluster['certificate-authority'], here('ca.crt'))
  const named = await handedOut(clusterFor({ exec: { command: 'aws' } }))
  assert.is(named.users[0].user.exec.command, 'aws')
})

file('is not to be had of a KubeConfig that cannot write itself, nor of a cluster in memory', async () => {
  const config: KubeConfigLike = Object.assign(servedConfig(url), { exportConfig: undefined })
  const { kubeconfig } = kubeCluster({ kubeconfig: config })
  assert.ok(kubeconfig)
  bad(await kubeconfig()(), 'NoKubeconfig')
  assert.is(memoryCluster().kubeconfig, undefined)
})

file.run()
