import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check } from '../../src/check/check.js'
import { type DecodeAndCheckOptions, decodeAndCheck } from '../../src/check/decode-and-check.js'
import { printPath } from '../../src/error.js'
import { codecs, decode } from '../../src/model/resource.js'
import { kind, mutated, valid } from '../model/arbitrary.js'

const both = suite('decodeAndCheck')

const policy = (spec: object, metadata: object = { name: 'a' }): object => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata,
  spec,
})

const told = (value: unknown, options: DecodeAndCheckOptions = {}): ReadonlyArray<string> => {
  const read = decodeAndCheck(value, options)
  return E.isLeft(read) ? read.left.issues.map(({ rule, path }) => `${rule} ${printPath(path)}`).sort() : []
}

both('tells all that is wrong, though a field did not decode', () => {
  const rule = { action: 'allow', source: { nets: ['10.0.0.1/8'] }, destination: { ports: [80] } }
  assert.equal(told(policy({ selector: "role = 'web'", ingress: [rule] })), [
    'net-host-bits spec.ingress[0].source.nets[0]',
    'ports-need-protocol spec.ingress[0].destination.ports',
    'selector-operator spec.selector',
    'unknown-value spec.ingress[0].action',
  ])
})

both('takes what did not decode for unknown, and not for left out', () => {
  const ports = { destination: { ports: [80] } }
  assert.equal(told(policy({ ingress: [{ action: 'Allow', protocol: 'tcp', ...ports }] })), [
    'unknown-value spec.ingress[0].protocol',
  ])
  assert.equal(told(policy({ ingress: [{ action: 'Allow', protocl: 'TCP', ...ports }] })), [
    'unknown-key spec.ingress[0].protocl',
  ])
  assert.equal(told(policy({ ingress: [{ action: 'deny', http: { methods: ['GET'] } }] })), [
    'unknown-value spec.ingress[0].action',
  ])
  assert.equal(told(policy({}, {})), ['missing-key metadata.name'])
  assert.equal(told(policy({ tier: 5 }, { name: 'a.b' }), { calico: '3.30' }), ['wrong-type spec.tier'])
})

both('checks the items of a list beside one that did not decode', () => {
  const source = { nets: ['10.0.0.1/8', 5, '10.0.0.1/9'] }
  assert.equal(told(policy({ ingress: [null, { action: 'Allow', source }] })), [
    'net-host-bits spec.ingress[1].source.nets[0]',
    'net-host-bits spec.ingress[1].source.nets[2]',
    'wrong-type spec.ingress[0]',
    'wrong-type spec.ingress[1].source.nets[1]',
  ])
  assert.equal(told(policy({ nonsense: 1 }, { name: 'a', labels: { 'a b': 'c', d: 5 } })), [
    'label-key metadata.labels["a b"]',
    'unknown-key spec.nonsense',
    'wrong-type metadata.labels.d',
  ])
})

both('tells fields that a release does not have beside one that did not decode', () => {
  assert.equal(told(policy({ tier: 'ops', order: 'first' }), { calico: '3.28' }), [
    'newer-field spec.tier',
    'wrong-type spec.order',
  ])
})

both('says what decode and check say where one of them has nothing to say', () => {
  fc.assert(
    fc.property(
      kind.chain((of) => valid(codecs[of].schema)),
      (value) => {
        const decoded = decode(value)
        assert.ok(E.isRight(decoded))
        assert.equal(decodeAndCheck(value), check(decoded.right))
      },
    ),
  )
  assert.equal(told({ kind: 'Deployment' }), ['unknown-kind kind'])
})

both('never fails, whatever is in the place of a field', () => {
  fc.assert(
    fc.property(mutated, fc.constantFrom('3.28', '3.30', '3.32', '3.33', 'any'), ({ value }, calico) => {
      const read = decodeAndCheck(value, { calico })
      const decoded = decode(value)
      assert.ok(E.isRight(read) ? E.isRight(decoded) : true)
      if (E.isLeft(decoded) && E.isLeft(read)) {
        const rest = read.left.issues.map(({ rule, path }) => `${rule} ${printPath(path)}`)
        for (const { rule, path } of decoded.left.issues)
          assert.ok(rest.includes(`${rule} ${printPath(path)}`))
      }
    }),
  )
})

both.run()
