import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputsOf } from '../../examples/karydia/src/inputs.js'
import { ownerOf, type Release } from '../../examples/karydia/src/owner.js'
import { apply, cleanup } from '../../examples/karydia/src/run.js'
import { createRunner } from '../../src/runner/index.js'
import { memoryCluster } from '../../src/testing/index.js'
import { helmTests } from './helm.js'
import { rendered, switchedOn } from './rendered.js'

const tests = suite("whose the policies of a release of karydia's are")
const withHelm = await helmTests(tests)

const releases: ReadonlyArray<Release> = [
  { name: 'karydia', namespace: 'karydia' },
  { name: 'karydia-prod', namespace: 'eu' },
  { name: 'karydia', namespace: 'prod-eu' },
  { name: 'karydia.prod', namespace: 'eu' },
  { name: 'a', namespace: 'b' },
  { name: `${'a'.repeat(22)}-cut-at-the-dash`, namespace: 'n'.repeat(63) },
  { name: 'n'.repeat(53), namespace: 'n'.repeat(63) },
]

tests('no two releases have one owner', () => {
  assert.is(new Set(releases.map(ownerOf)).size, releases.length)
})

for (const release of releases) {
  const { name, namespace } = release
  const owner = ownerOf(release)

  tests(`${owner} is an owner to the Runner`, async () => {
    await createRunner({ owner, cluster: memoryCluster() }).status()
  })

  withHelm(`the chart says ${owner} of ${name} in ${namespace}, too`, async () => {
    const objects = await rendered(switchedOn(), release)
    const owned = objects.flatMap(
      ({ metadata }) => metadata.labels?.['typed-calico.projectcalico.org/owner'] ?? [],
    )
    assert.equal([...new Set(owned)], [owner])
    const job = objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name.endsWith('post'))
    const self = job?.metadata.annotations?.['typed-calico.projectcalico.org/self']
    assert.is(self, `${owner}:Job(${namespace}/karydia-calico-post)`)
  })
}

withHelm('is the one that the values name, so that policies of before can be kept', async () => {
  const values = switchedOn({ owner: 'karydia-karydia' })
  assert.is(inputsOf(values).owner, 'karydia-karydia')
  const owners = (await rendered(values)).flatMap(({ metadata }) => Object.values(metadata.labels ?? {}))
  assert.equal([...new Set(owners)], ['karydia-karydia'])
})

tests(
  'an upgrade from the owner of before changes nothing until it is told whose the policies are',
  async () => {
    const of = (owner: string) => inputsOf(switchedOn({ owner, level: 'L1' }))
    const cluster = memoryCluster({ namespaces: ['karydia'], namespace: 'karydia' })
    const never = new AbortController().signal
    await apply(cluster, of('karydia-karydia'), never)
    const failure = await apply(cluster, of(''), never).then(
      () => 'none',
      ({ _tag }) => _tag,
    )
    assert.is(failure, 'Foreign')
    const { items } = await apply(cluster, of('karydia-karydia'), never)
    assert.ok(items.length > 0 && items.every(({ outcome }) => outcome === 'unchanged'))
    const { left } = await cleanup(cluster, of('karydia-karydia'), never)
    assert.equal(left, [])
    assert.ok((await apply(cluster, of(''), never)).items.every(({ outcome }) => outcome === 'created'))
  },
)

tests.run()
