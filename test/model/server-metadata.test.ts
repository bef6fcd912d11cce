import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { NetworkPolicy } from '../../src/model/policy/network-policy.js'
import { serverMetadata, withoutServerMetadata } from '../../src/model/server-metadata.js'

const server = suite('withoutServerMetadata')

const policy = (metadata: NetworkPolicy['metadata']): NetworkPolicy => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata,
  spec: {},
})

server('leaves what a person wrote as it is', () => {
  const own = policy({ name: 'a', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' } })
  assert.is(withoutServerMetadata(own), own)
  assert.equal(serverMetadata(own), [])
})

server('leaves out what a server set, and names it', () => {
  const annotations = { c: 'd', 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
  const exported = policy({
    name: 'a',
    labels: { a: 'b' },
    annotations,
    uid: 'x',
    resourceVersion: '12',
    generation: 3,
    finalizers: ['a/b'],
    ownerReferences: [{ name: 'x' }],
    managedFields: [{ manager: 'kubectl' }],
  })
  assert.equal(
    withoutServerMetadata(exported),
    policy({ name: 'a', labels: { a: 'b' }, annotations: { c: 'd' } }),
  )
  assert.equal(serverMetadata(exported), [
    'uid',
    'resourceVersion',
    'generation',
    'ownerReferences',
    'finalizers',
    'managedFields',
    'kubectl.kubernetes.io/last-applied-configuration',
  ])
})

server('leaves no empty annotations behind', () => {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
  assert.equal(withoutServerMetadata(policy({ name: 'a', annotations })), policy({ name: 'a' }))
})

server.run()
