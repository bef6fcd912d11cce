import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { edit } from '../../src/build/edit.js'
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { networkSet } from '../../src/build/network-set.js'
import { stagedKubernetesNetworkPolicy } from '../../src/build/staged-kubernetes-network-policy.js'
import type { NetworkPolicy } from '../../src/model/policy/network-policy.js'

const editing = suite('edit')

const data: NetworkPolicy = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name: 'api', namespace: 'shop', resourceVersion: '7' },
  spec: { types: ['Ingress'], ingress: [{ action: 'Deny' }] },
}

editing('goes on from data', () => {
  assert.equal(
    { ...edit(data).allowIngress().labels({ a: 'b' }) },
    {
      ...data,
      metadata: { ...data.metadata, labels: { a: 'b' } },
      spec: { types: ['Ingress'], ingress: [{ action: 'Deny' }, { action: 'Allow' }] },
    },
  )
  assert.equal(data.spec.ingress, [{ action: 'Deny' }])
})

editing('keeps the types that the data names', () => {
  assert.equal(edit(data).allowEgress().spec.types, ['Ingress'])
})

editing('derives the types of a policy that names none as soon as it has another rule', () => {
  const { types: _, ...spec } = data.spec
  const untyped = edit({ ...data, spec })
  assert.is(untyped.order(1).spec.types, undefined)
  assert.equal(untyped.allowEgress().spec.types, ['Ingress', 'Egress'])
})

editing('gives back the same builder for what a builder made', () => {
  const builders = [
    networkPolicy('a', 'shop').order(1),
    globalNetworkPolicy('a').allowEgress(),
    globalNetworkPolicy('a').stage(),
    networkSet('a', 'shop').nets('10.0.0.0/8'),
    stagedKubernetesNetworkPolicy('a', 'shop'),
  ]
  for (const builder of builders) {
    const copy = edit(structuredClone({ ...builder }))
    assert.equal(copy, builder)
    assert.is(Object.getPrototypeOf(copy), Object.getPrototypeOf(builder))
  }
})

editing.run()
