import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, stagedGlobalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { hostEndpoint } from '../../src/build/host-endpoint.js'
import { networkPolicy, stagedNetworkPolicy } from '../../src/build/network-policy.js'
import { globalNetworkSet, networkSet } from '../../src/build/network-set.js'
import { resource } from '../../src/build/resource.js'
import { stagedKubernetesNetworkPolicy } from '../../src/build/staged-kubernetes-network-policy.js'
import { tier } from '../../src/build/tier.js'
import { decode } from '../../src/model/resource.js'
import { commented } from '../../src/yaml/print/comment.js'

const manifest = suite('a builder')

const builders = [
  networkPolicy('a', 'shop'),
  globalNetworkPolicy('a'),
  stagedNetworkPolicy('a', 'shop'),
  stagedGlobalNetworkPolicy('a'),
  stagedKubernetesNetworkPolicy('a', 'shop'),
  tier('a'),
  networkSet('a', 'shop'),
  globalNetworkSet('a'),
  hostEndpoint('a', 'node-1'),
  resource('IPPool', 'a', { cidr: '10.0.0.0/8' }),
] as const

for (const builder of builders) {
  const plain = { ...builder }

  manifest(`of a ${builder.kind} has the manifest for its own fields, and nothing else`, () => {
    assert.equal(Object.keys(builder), ['apiVersion', 'kind', 'metadata', 'spec'])
    assert.equal(Reflect.ownKeys(builder), ['apiVersion', 'kind', 'metadata', 'spec'])
    assert.is(builder.apiVersion, 'projectcalico.org/v3')
    assert.is(builder.metadata.name, 'a')
  })

  manifest(`of a ${builder.kind} keeps its data in JSON, in copies and in clones`, () => {
    assert.equal(JSON.parse(JSON.stringify(builder)), plain)
    assert.equal(structuredClone(builder), plain)
    assert.is(Object.getPrototypeOf(plain), Object.prototype)
  })

  manifest(`of a ${builder.kind} decodes as it is`, () => {
    assert.equal(decode(builder), E.right(builder))
  })

  manifest(`of a ${builder.kind} adds labels and annotations to those it has`, () => {
    const labelled = builder
      .labels({ a: '1', b: '2' })
      .labels({ b: '3' })
      .annotations({ c: '4' })
      .annotations({ d: '5' })
    assert.equal(labelled.metadata, {
      ...builder.metadata,
      labels: { a: '1', b: '3' },
      annotations: { c: '4', d: '5' },
    })
    assert.equal(labelled.spec, builder.spec)
  })

  manifest(`of a ${builder.kind} stays as it was`, () => {
    const before = structuredClone(plain)
    builder.labels({ a: '1' }).annotations({ b: '2' })
    assert.equal({ ...builder }, before)
  })

  manifest(`of a ${builder.kind} goes on after a comment`, () => {
    assert.equal({ ...commented(builder, 'why').labels({ a: '1' }) }, { ...builder.labels({ a: '1' }) })
  })
}

manifest('changes only if the condition holds', () => {
  const policy = networkPolicy('a', 'shop')
  assert.is(
    policy.when(false, (built) => built.order(1)),
    policy,
  )
  assert.is(policy.when(true, (built) => built.order(1)).spec.order, 1)
})

manifest('does not share labels with who gave them', () => {
  const labels = { a: '1' }
  const policy = networkPolicy('a', 'shop').labels(labels)
  labels.a = '2'
  assert.equal(policy.metadata.labels, { a: '1' })
})

manifest.run()
