import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redact } from '../../src/cluster/redact.js'

const redacting = suite('redact')

const cases: ReadonlyArray<readonly [string, string]> = [
  ['token Bearer abc.DEF-123_x~+/= is expired', 'token Bearer … is expired'],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln is no token', '… is no token'],
  ['spec.x: Invalid value: "canary": must be y', 'spec.x: Invalid value: …: must be y'],
  ['spec.x: Invalid value: "a \\"canary\\" b": must be y', 'spec.x: Invalid value: …: must be y'],
  ['spec.n: Invalid value: 70000: must be between', 'spec.n: Invalid value: …: must be between'],
  [
    'spec.template: Invalid value: core.PodTemplateSpec{A:"canary: x", B:1}: field is immutable',
    'spec.template: Invalid value: …: field is immutable',
  ],
  [
    'spec.r: Unsupported value: "canary": supported values: "a"',
    'spec.r: Unsupported value: …: supported values: "a"',
  ],
  [
    'json: cannot unmarshal, error found in #10 byte of ...|canary|..., bigger context ...|canary|...',
    'json: cannot unmarshal, error found in …',
  ],
  ['configmaps "a" not found', 'configmaps "a" not found'],
]

for (const [given, expected] of cases) {
  redacting(`keeps what helps of: ${given.slice(0, 40)}`, () => assert.is(redact(given), expected))
}

redacting('bounds the length of what it gives, and ends, whatever it is given', () => {
  for (const unit of ['Invalid value: ', 'Invalid value: "', '{', 'bearer ', 'a: ', '"\\', 'eyJ']) {
    assert.ok(redact(unit.repeat(300_000)).length <= 1_001)
  }
})

redacting('never gives a bearer token or a value that Kubernetes calls invalid', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/)
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (canary, before, after) => {
      assert.not.ok(redact(`x: Bearer ${canary}`).includes(canary))
      assert.not.ok(
        redact(`${before.replaceAll('"', '')} Invalid value: "${canary}": ${after}`).includes(`"${canary}"`),
      )
    }),
  )
})

redacting.run()
