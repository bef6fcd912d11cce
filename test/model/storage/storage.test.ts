import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { fromStorage, toStorageName } from '../../../src/model/storage/storage.js'

const storage = suite('storage')

const stored = (metadata: object, kind = 'GlobalNetworkPolicy'): object => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind,
  metadata,
  spec: { types: ['Egress'] },
})
const kept = (metadata: object) => ({ 'projectcalico.org/metadata': JSON.stringify(metadata) })
const nameOf = (metadata: object): string => orThrow(fromStorage(stored(metadata))).metadata.name

storage('is named as each release names it', () => {
  const name = (given: string, calico: string, kind = 'NetworkPolicy') =>
    toStorageName({ kind, name: given }, calico)
  for (const calico of ['3.20', '3.27.5', 'v3.28.5', '3.29', '3.31'])
    assert.is(name('web', calico), 'default.web')
  assert.is(name('security.web', '3.28'), 'default.security.web')
  assert.is(name('security.web', '3.30'), 'security.web')
  assert.is(name('web', '3.32.1'), 'web')
  assert.is(name('knp.default.web', '3.28'), 'knp.default.web')
  assert.is(name('web', '3.28', 'NetworkSet'), 'web')
  assert.is(name('web', '3.30', 'StagedGlobalNetworkPolicy'), 'default.web')
})

storage('gives back the name that was given', () => {
  assert.is(nameOf({ name: 'default.web' }), 'web')
  assert.is(nameOf({ name: 'security.web' }), 'security.web')
  assert.is(nameOf({ name: 'default.web', annotations: kept({ name: 'default.web' }) }), 'default.web')
  const tier = (tier: string) => ({
    ...stored({ name: 'default.web' }),
    spec: { tier, types: ['Egress'] },
  })
  assert.is(orThrow(fromStorage(tier('default'))).metadata.name, 'web')
  assert.is(orThrow(fromStorage(tier('ops'))).metadata.name, 'default.web')
})

storage('gives back labels and annotations from where Calico keeps them', () => {
  const annotations = {
    ...kept({ labels: { team: 'a' }, annotations: { note: 'b' }, creationTimestamp: null }),
    own: 'c',
  }
  const labels = { 'projectcalico.org/owner': 'd' }
  const { metadata } = orThrow(
    fromStorage(stored({ name: 'default.dns', resourceVersion: '5', annotations, labels })),
  )
  assert.equal(metadata, {
    name: 'dns',
    resourceVersion: '5',
    labels: { 'projectcalico.org/owner': 'd', team: 'a' },
    annotations: { own: 'c', note: 'b' },
  })
})

storage('gives back what was never kept in an annotation as it is, without the stored uid', () => {
  const metadata = {
    name: 'default.a',
    labels: { a: 'b' },
    uid: 'u',
    generation: 1,
    creationTimestamp: '2024-05-10T12:00:00Z',
  }
  assert.equal(orThrow(fromStorage(stored(metadata))).metadata, {
    name: 'a',
    labels: { a: 'b' },
    generation: 1,
    creationTimestamp: '2024-05-10T12:00:00Z',
  })
})

storage('decodes a resource that is stored as it is', () => {
  const resource = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'default.a' },
    spec: {},
  }
  assert.equal(orThrow(fromStorage(resource)), resource)
})

storage('refuses an annotation that is no JSON, and what decode refuses', () => {
  const rules = (value: unknown) => {
    const read = fromStorage(value)
    return E.isLeft(read) ? read.left.issues.map(({ rule }) => rule) : []
  }
  const broken = stored({ name: 'default.a', annotations: { 'projectcalico.org/metadata': '{' } })
  assert.equal(rules(broken), ['metadata-annotation'])
  assert.equal(rules(stored({ name: 'default.a', annotations: { 'projectcalico.org/metadata': '[]' } })), [
    'metadata-annotation',
  ])
  assert.equal(rules({ ...stored({ name: 'default.a' }), spec: { bogus: 1 } }), ['unknown-key'])
  for (const value of [null, 1, [], {}]) assert.ok(rules(value).length > 0)
})

storage.run()
