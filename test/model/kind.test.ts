import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closest } from '../../src/model/codec/closest.js'
import { isKind, kindFacts } from '../../src/model/kind.js'
import { codecs, kinds } from '../../src/model/resource.js'

const facts = suite('kinds')

facts('have a codec each, of their own name', () => {
  assert.equal(Object.keys(codecs).sort(), [...kinds].sort())
  for (const kind of kinds) {
    const { schema } = codecs[kind]
    assert.is(schema.kind === 'object' && schema.name, kind)
    assert.equal(schema.kind === 'object' && schema.fields.kind?.schema, { kind: 'literal', values: [kind] })
  }
})

facts('are namespaced where their metadata has a namespace', () => {
  for (const kind of kinds) {
    const metadata =
      codecs[kind].schema.kind === 'object' ? codecs[kind].schema.fields.metadata?.schema : undefined
    const namespace = metadata?.kind === 'object' ? metadata.fields.namespace?.schema : undefined
    assert.is(namespace?.kind === 'string', kindFacts[kind].namespaced, kind)
  }
})

facts('are recognised by their exact name', () => {
  assert.ok(isKind('BGPPeer'))
  for (const other of ['bgppeer', 'constructor', '__proto__', '', undefined, null, 1])
    assert.not(isKind(other))
})

facts('that are meant are found by a near name, and by none that is far', () => {
  assert.is(closest('networkpolcy', kinds), 'NetworkPolicy')
  assert.is(closest('TIER', kinds), 'Tier')
  assert.is(closest('Deployment', kinds), undefined)
  assert.is(closest('x'.repeat(1_000_000), kinds), undefined)
})

facts.run()
