import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Cluster, KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { toStorage } from '../../src/fleet/to-storage.js'
import { networkPolicy, tier } from '../../src/index.js'
import { isKind, kindFacts } from '../../src/model/kind.js'
import type { StoredObject } from '../../src/model/storage/stored-object.js'
import { createRunner } from '../../src/runner/runner.js'
import { storageType } from '../../src/runner/state/stored-resource.js'
import { type MemoryCluster, memoryCluster, serveMemory } from '../../src/testing/index.js'
import { fromYaml } from '../../src/yaml/read/from-yaml.js'
import { kubeconfigFor } from '../cli/workshop.js'
import { tls } from '../cluster/listen.js'
import { hasGo } from '../conformance/build-oracle.js'
import { ensure } from '../lab/cached.js'
import { placeOf } from '../lab/place.js'
import { calicoNode, calicoVersion } from '../lab/products.js'
import { sample } from './sample.js'
import { seen } from './seen.js'
import { plain, sent } from './sent.js'

const storing = suite('toStorage')

const go = await hasGo()
if (!go && process.env.CI === 'true') throw new Error('there is no Go to build calicoctl with')
const real = go ? storing : storing.skip
const calicoctl = go ? join(await ensure(placeOf(), await calicoNode()), 'calicoctl') : ''

const kept = 'projectcalico.org/metadata'

const typeOf = (kind: string) => {
  if (!isKind(kind)) throw new Error(kind)
  return storageType(kind)
}

const stored = async (cluster: Cluster, wanted: StoredObject): Promise<object> => {
  const { kind, metadata } = wanted
  const { name, namespace } = metadata
  const ref = { type: typeOf(kind), name, ...(namespace === undefined ? {} : { namespace }) }
  return sent(orThrow(await cluster.get(ref)()))
}

const put = async (cluster: Cluster, objects: ReadonlyArray<StoredObject>): Promise<void> => {
  for (const object of objects)
    orThrow(await cluster.create(typeOf(object.kind), object as unknown as KubeObject)())
}

const namesIn = (calico: string): ReadonlyArray<string> =>
  orThrow(
    toStorage(
      [
        networkPolicy('web', 'shop'),
        networkPolicy('security.web', 'shop').tier('security'),
        tier('security'),
      ].slice(0, calico.startsWith('3.28') ? 1 : 3),
      { calico },
    ),
  ).map(({ metadata }) => metadata.name)

storing('names policies as each release does', () => {
  assert.equal(namesIn('3.28.5'), ['default.web'])
  assert.equal(namesIn('3.30.3'), ['default.web', 'security.web', 'security'])
  assert.equal(namesIn('3.32.1'), ['web', 'security.web', 'security'])
})

for (const [kind, name, spec, metadata, storedSpec] of seen) {
  storing(`stores a ${kind} as Calico 3.32.1 was seen to: ${name}`, () => {
    const given = { apiVersion: 'projectcalico.org/v3', kind, metadata: { name }, spec }
    assert.equal(plain(orThrow(toStorage([given], { calico: '3.32.1' }))), [
      { apiVersion: 'crd.projectcalico.org/v1', kind, metadata: { name, ...metadata }, spec: storedSpec },
    ])
  })
}

storing('keeps labels and annotations in the annotation, and Calico’s own in sight as well', () => {
  const policy = networkPolicy('web', 'shop').labels({ team: 'a', 'x.projectcalico.org/y': 'z' })
  const [object] = orThrow(toStorage([policy], { calico: '3.28.5' }))
  assert.equal(object?.metadata, {
    name: 'default.web',
    namespace: 'shop',
    labels: { 'x.projectcalico.org/y': 'z' },
    annotations: { [kept]: '{"labels":{"team":"a","x.projectcalico.org/y":"z"}}' },
  })
})

const refusals = (
  resources: ReadonlyArray<unknown>,
  calico: string,
  owner?: string,
): ReadonlyArray<string> => {
  const result = toStorage(resources, { calico, ...(owner === undefined ? {} : { owner }) })
  return E.isLeft(result) ? result.left.issues.map(({ rule }) => rule) : []
}

storing('refuses a release whose form is not known, and never guesses', () => {
  const policy = networkPolicy('web', 'shop')
  for (const calico of ['3.27.4', '3.29.1', '3.30.0', '3.33', '3.40.1'])
    assert.equal(refusals([policy], calico), ['no-storage-form'], calico)
  assert.equal(refusals([policy], 'newest'), ['calico-version'])
  for (const calico of ['3.28', 'v3.28.5-1-gabc', '3.29.4', '3.31'])
    assert.equal(refusals([policy], calico), [])
})

storing('refuses what Calico refuses, kinds that it fills in by release, and an owner that is none', () => {
  assert.equal(refusals([networkPolicy('web', 'shop').selector("a = 'b'")], '3.28.5'), ['selector-operator'])
  assert.equal(refusals([tier('security')], '3.28.5'), ['newer-kind'])
  const felix = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'FelixConfiguration',
    metadata: { name: 'default' },
  }
  assert.equal(refusals([felix], '3.28.5'), ['no-storage-form'])
  assert.equal(refusals([networkPolicy('web', 'shop')], '3.28.5', 'Not Mine'), ['owner'])
})

/** calicoctl writes the CIDR of a pool in its shortest form. */
const asWritten = sample.filter((it) => !JSON.stringify(it).includes('2001:db8:0::/48'))

storing('is what the Runner finds applied, as the owner that it was stored for, and cleans up', async () => {
  const cluster = memoryCluster({ calico: calicoVersion, namespaces: ['shop'] })
  try {
    await put(cluster, orThrow(toStorage(asWritten, { calico: calicoVersion, owner: 'own' })))
    const runner = createRunner({ owner: 'own', cluster, namespace: 'shop' })
    const { items } = await runner.plan(asWritten)
    assert.equal(
      items.filter(({ action }) => action !== 'unchanged'),
      [],
    )
    const { resources } = await runner.status()
    assert.equal(
      resources.map(({ drifted }) => drifted),
      asWritten.map(() => false),
    )
    assert.is((await runner.cleanup()).removed.length, asWritten.length)
  } finally {
    cluster.close()
  }
})

const served = async (
  test: (memory: MemoryCluster, kubeconfig: string, folder: string) => Promise<void>,
): Promise<void> => {
  const memory = memoryCluster({ calico: calicoVersion, namespaces: ['shop'] })
  const { url, close } = await serveMemory(memory.server, { tls })
  const folder = mkdtempSync(join(tmpdir(), 'to-storage-'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, kubeconfigFor(url))
  try {
    await test(memory, kubeconfig, folder)
  } finally {
    await close()
    memory.close()
    rmSync(folder, { recursive: true })
  }
}

const run = async (kubeconfig: string, ...args: ReadonlyArray<string>): Promise<string> => {
  const env = { PATH: process.env.PATH, KUBECONFIG: kubeconfig, DATASTORE_TYPE: 'kubernetes' }
  return (await promisify(execFile)(calicoctl, args, { env })).stdout
}

real(`stores what calicoctl ${calicoVersion} stores, object by object`, () =>
  served(async (memory, kubeconfig, folder) => {
    const file = join(folder, 'sample.json')
    writeFileSync(file, JSON.stringify(sample))
    await run(kubeconfig, 'create', '-f', file)
    for (const object of orThrow(toStorage(sample, { calico: calicoVersion })))
      assert.equal(await stored(memory, object), plain(object))
  }),
)

real(`is what calicoctl ${calicoVersion} reads back as it was given`, () =>
  served(async (memory, kubeconfig) => {
    const objects = orThrow(toStorage(sample, { calico: calicoVersion }))
    await put(memory, objects)
    for (const kind of [...new Set(objects.map((object) => object.kind))].filter(isKind)) {
      const all = kindFacts[kind].namespaced ? ['--all-namespaces'] : []
      const text = await run(kubeconfig, 'get', kind, '-o', 'json', ...all)
      const read = orThrow(fromYaml(text, { calico: calicoVersion, command: 'apply' }))
      // Stored once more, it is the same: what is read back means what was given.
      const again = orThrow(toStorage(read, { calico: calicoVersion }))
      const byName = (a: StoredObject, b: StoredObject): number =>
        a.metadata.name < b.metadata.name ? -1 : 1
      assert.equal([...again].sort(byName), objects.filter((object) => object.kind === kind).sort(byName))
    }
  }),
)

storing.run()
