import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { asText } from '../../../src/model/codec/lenient.js'
import { decode } from '../../../src/model/resource.js'

const lenient = suite('decode, lenient')

const head = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy' }
const read = (value: unknown) => orThrow(decode(value, { lenient: true }))
const refuses = (value: unknown): void => assert.ok(E.isLeft(decode(value, { lenient: true })))

lenient('reads keys in another case, at any depth', () => {
  const given = {
    ...head,
    Metadata: { NAME: 'a' },
    SPEC: { Ingress: [{ ACTION: 'Allow', notIcmp: { Type: 1 } }] },
  }
  assert.equal(read(given), {
    ...head,
    metadata: { name: 'a' },
    spec: { ingress: [{ action: 'Allow', notICMP: { type: 1 } }] },
  })
})

lenient('reads the letters that Go takes for s and k', () => {
  assert.equal(read({ ...head, metadata: { name: 'a' }, '\u017fpec': { '\u017felector': 'all()' } }).spec, {
    selector: 'all()',
  })
})

lenient('reads kind and apiVersion as they are written, as calicoctl does', () => {
  refuses({ apiVersion: head.apiVersion, Kind: head.kind, metadata: { name: 'a' } })
  refuses({ APIVersion: head.apiVersion, kind: head.kind, metadata: { name: 'a' } })
})

lenient('refuses a key that is there in two cases', () => {
  refuses({ ...head, metadata: { name: 'a', Name: 'b' } })
  refuses({ ...head, metadata: { NAME: 'a', Name: 'b' } })
})

lenient('reads numbers and booleans where text belongs, and nowhere else', () => {
  assert.equal(read({ ...head, metadata: { name: 1, labels: { a: true, b: 1.5 } } }).metadata, {
    name: '1',
    labels: { a: 'true', b: '1.5' },
  })
  refuses({ ...head, metadata: { name: 'a' }, spec: { order: '10' } })
  refuses({ ...head, kind: 'FelixConfiguration', metadata: { name: 'a' }, spec: { netlinkTimeout: 5 } })
})

lenient('with keys alone, still wants text as text', () => {
  const decoded = decode({ ...head, Metadata: { name: 1 } }, { lenient: 'keys' })
  assert.ok(E.isLeft(decoded))
  assert.equal(E.isLeft(decoded) && decoded.left.issues.map(({ path }) => path), [['Metadata', 'name']])
})

lenient('takes null in a list for the empty text', () => {
  const set = { ...head, kind: 'NetworkSet', metadata: { name: 'a' }, spec: { nets: [null] } }
  assert.equal(read(set).spec, { nets: [''] })
  assert.ok(E.isLeft(decode(set)))
})

lenient('still refuses an unknown key', () => {
  refuses({ ...head, metadata: { name: 'a' }, spec: { selctor: 'a' } })
})

lenient('writes numbers as Go does', () => {
  const texts: ReadonlyArray<readonly [number | boolean, string]> = [
    [false, 'false'],
    [-7, '-7'],
    [1_000_000, '1000000'],
    [0.5, '0.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1234567.5, '1.2345675e+06'],
    [1e21, '1e+21'],
    [1.5e-300, '1.5e-300'],
  ]
  for (const [given, text] of texts) assert.is(asText(given), text)
})

lenient.run()
