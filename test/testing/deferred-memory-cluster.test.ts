import { build } from 'esbuild'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy } from '../../src/index.js'
import { createRunner, memoryCluster } from '../../src/runner/index.js'
import { bad, ok } from '../cluster/contract-ground.js'

const deferred = suite('memoryCluster of the entry runner')

/** The sources that load with an entry, and those that wait for an `import()`. */
const loadedWith = async (entry: string) => {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const outputs = Object.entries(metafile.outputs)
  const queue = outputs.filter(([, { entryPoint }]) => entryPoint === entry).map(([path]) => path)
  const chunks = new Set(queue)
  for (const path of chunks) {
    for (const { path: to, kind } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement') chunks.add(to)
  }
  const sourcesOf = (paths: Iterable<string>): ReadonlyArray<string> =>
    [...paths].flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}))
  return { now: sourcesOf(chunks), ever: sourcesOf(Object.keys(metafile.outputs)) }
}

const isEmulation = (source: string): boolean =>
  /^src\/(?:cluster\/memory|testing)\//.test(source) && !source.endsWith('/deferred-memory-cluster.ts')

deferred('is not loaded with the Runner', async () => {
  const { now, ever } = await loadedWith('src/runner/index.ts')
  assert.ok(now.includes('src/cluster/kube.ts'))
  assert.equal(now.filter(isEmulation), [])
  assert.ok(ever.filter(isEmulation).length > 50, 'the first call loads it')
})

deferred('is the cluster of the entry testing, from its first call on', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'], namespace: 'shop' })
  cluster.server.compact()
  assert.equal(ok(await cluster.target()()), { description: 'in-memory cluster', namespace: 'shop' })
  const { items } = await createRunner({ owner: 'own', cluster }).apply([networkPolicy('web', 'shop')])
  assert.equal(
    items.map(({ outcome }) => outcome),
    ['created'],
  )
  bad(await cluster.as('nobody').group('apps')(), 'NotFound')
  const path = { method: 'GET', path: '/version', query: {}, headers: {} } as const
  assert.is((await cluster.server.handle(path)).status, 200)
  cluster.close()
})

deferred('says why it cannot start', async () => {
  const objects = [{ apiVersion: 'example.com/v1', kind: 'Nothing', metadata: { name: 'a' } }]
  const cluster = memoryCluster({ objects })
  const { message } = bad(await cluster.group('apps')(), 'NoKubeconfig')
  assert.match(message, /cannot start: .*no such kind in example.com\/v1/)
  assert.ok(E.isLeft(await cluster.target()()))
})

deferred.run()
