import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connectKubeconfig } from '../../../src/cluster/foreign-kubeconfig.js'
import type { KubeObject } from '../../../src/cluster/port.js'
import { explain, orThrow } from '../../../src/error.js'
import { contextClusters, secretClusters } from '../../../src/fleet/cluster/secret-clusters.js'
import { memoryCluster } from '../../../src/testing/memory-cluster.js'

const secretive = suite('clusters by kubeconfig Secrets and contexts')

const secret = (name: string, data: Readonly<Record<string, string>>, fleet = 'live'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'fleet', labels: { fleet } },
  data: Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  ),
})

const management = (...objects: ReadonlyArray<KubeObject>) =>
  memoryCluster({ calico: false, namespaces: ['fleet'], objects })

secretive('are those that have the labels, each by its own Secret', async () => {
  const cluster = management(secret('a', { kubeconfig: 'of a' }), secret('b', {}), secret('c', {}, 'lab'))
  const target = memoryCluster()
  const seen: Array<string> = []
  const clusters = orThrow(
    await secretClusters({
      cluster,
      namespace: 'fleet',
      labelSelector: 'fleet=live',
      connect: async (text) => {
        seen.push(text)
        return E.right(target)
      },
    })(),
  )
  assert.equal(
    clusters.map(({ name }) => name),
    ['fleet/a', 'fleet/b'],
  )
  const answers = await Promise.all(clusters.map(({ cluster: each }) => each.group('')()))
  assert.equal(answers.map(E.isRight), [true, false])
  assert.equal(seen, ['of a'])
  const [, b] = answers
  assert.match(b && E.isLeft(b) ? b.left.message : '', /the Secret fleet\/b has no kubeconfig/)
})

secretive('that no Secret has is an error', async () => {
  const none = await secretClusters({ cluster: management(), namespace: 'fleet', labelSelector: 'a=b' })()
  assert.is(E.isLeft(none) && none.left._tag, 'NoClusters')
})

secretive('labels that do not parse are an error of the call, and say which they are', async () => {
  for (const labelSelector of ['fleet in live', '=a', 'a b']) {
    const found = await secretClusters({ cluster: management(), namespace: 'fleet', labelSelector })()
    assert.ok(E.isLeft(found), labelSelector)
    assert.is.not(found.left._tag, 'NoClusters', labelSelector)
    assert.ok(explain(found.left).includes(labelSelector), explain(found.left))
  }
})

const config = (user: object, cluster: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    clusters: [{ name: 'x', cluster: { server: 'https://192.0.2.1', ...cluster } }],
    users: [{ name: 'x', user }],
  })

for (const [what, text, words] of [
  [
    'runs a program',
    config({ exec: { command: 'sh', apiVersion: 'client.authentication.k8s.io/v1' } }),
    /a program to run/,
  ],
  ['has an auth provider', config({ 'auth-provider': { name: 'oidc', config: {} } }), /an auth provider/],
  ['reads a key file', config({ 'client-key': '/etc/hostname' }), /a file of this machine/],
  [
    'reads an authority’s file',
    config({ token: 'secret' }, { 'certificate-authority': '/etc/hostname' }),
    /a file of this machine/,
  ],
  ['is none', 'token: secret: x', /it is not a kubeconfig/],
] as const)
  secretive(`a kubeconfig that ${what} is refused, and not quoted`, async () => {
    const refused = await connectKubeconfig(text)
    assert.ok(E.isLeft(refused))
    assert.match(explain(refused.left), words)
    assert.not.match(explain(refused.left), /secret|hostname/)
  })

secretive('a kubeconfig with a token in it is taken', async () => {
  assert.ok(E.isRight(await connectKubeconfig(config({ token: 'secret' }))))
})

secretive('contexts are clusters by their names', () => {
  assert.equal(
    contextClusters(['a', 'b']).map(({ name }) => name),
    ['a', 'b'],
  )
})

secretive.run()
