import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { patch } from '../../../src/index.js'
import type { Fields, Json } from '../../../src/runner/state/essence.js'
import { at } from '../../../src/runner/state/leaf.js'
import {
  liveSpec,
  meansSame,
  patched,
  restored,
  wantedFields,
} from '../../../src/runner/state/patched-spec.js'

const tests = suite('fields that are set in what others own')

const keys = ['a', 'b', 'c'] as const

const { spec: anySpec } = fc.letrec<{ spec: Fields; value: Json }>((tie) => ({
  spec: fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('x', 'y', 1, true),
    fc.array(fc.constantFrom(1, 2), { maxLength: 2 }),
    tie('spec'),
  ),
}))

const path = fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 })

/** Fields of which none is in another. */
const anyWanted = fc
  .array(fc.record({ path, to: fc.constantFrom<Json>('x', 'z', 2, [3]) }), { maxLength: 3 })
  .map((wanted) =>
    wanted.filter(
      (one, index) =>
        !wanted.some((other, at) => at < index && other.path.every((key, i) => one.path[i] === key)) &&
        !wanted.some((other, at) => at < index && one.path.every((key, i) => other.path[i] === key)),
    ),
  )

/** As in Calico's own kinds: what is an object here is one everywhere. */
const fits = (spec: Fields, wanted: ReadonlyArray<{ readonly path: ReadonlyArray<string> }>): boolean =>
  wanted.every((one) =>
    one.path.slice(0, -1).every((_, index) => {
      const parent = at(spec, one.path.slice(0, index + 1))
      return parent === undefined || (typeof parent === 'object' && parent !== null && !Array.isArray(parent))
    }),
  )

tests('are put back to the letter, whatever they were, and nothing is left of them', () => {
  fc.assert(
    fc.property(anySpec, anyWanted, (spec, wanted) => {
      fc.pre(fits(spec, wanted))
      const done = patched(spec, wanted)
      for (const { path, to } of wanted) assert.equal(at(done.spec, path), to)
      const back = restored({ stored: done.spec, compared: done.spec }, done.record)
      assert.equal([back.spec, back.kept], [spec, []])
    }),
  )
})

tests('are put back in part where somebody has changed one, which is told', () => {
  const { spec, record } = patched({ a: { b: 1 } }, [
    { path: ['a', 'b'], to: 2 },
    { path: ['c'], to: 'x' },
  ])
  const now = { ...spec, c: 'theirs' }
  const back = restored({ stored: now, compared: now }, record)
  assert.equal(back.spec, { a: { b: 1 }, c: 'theirs' })
  assert.equal(back.kept, [['c']])
})

tests('take along what Calico has filled in beside them, and nothing that somebody has put there', () => {
  const path = ['controllers', 'node', 'hostEndpoint', 'autoCreate']
  const { record } = patched({ controllers: {} }, [{ path, to: 'Enabled' }])
  const filled = (node: Fields): Fields => ({
    prometheusMetricsPort: 9094,
    controllers: { node: { ...node, hostEndpoint: { autoCreate: 'Enabled' } } },
  })
  const back = (stored: Fields) => restored({ stored, compared: stored }, record).spec.controllers
  assert.equal(back(filled({ leakGracePeriod: '15m0s' })), {})
  assert.equal(back(filled({ leakGracePeriod: '20m0s' })), { node: { leakGracePeriod: '20m0s' } })
})

tests('are no cause for a word where somebody has put them back already', () => {
  const { record } = patched({ a: 1 }, [{ path: ['a'], to: 2 }])
  const now = { a: 1 }
  assert.equal(restored({ stored: now, compared: now }, record), { spec: now, fields: [], kept: [] })
})

tests('are those that a patch names, lists as a whole, without what goes without saying', () => {
  const ports = [{ protocol: 'TCP', port: 22 }] as const
  const named = (it: Parameters<typeof wantedFields>[0]) =>
    wantedFields(it).map(({ path, to }) => [path.join('.'), to])
  assert.equal(named(patch('FelixConfiguration', 'default', { failsafeInboundHostPorts: ports })), [
    ['failsafeInboundHostPorts', ports],
  ])
  assert.equal(
    named(patch('KubeControllersConfiguration', 'default', { healthChecks: 'Disabled', controllers: {} })),
    [['healthChecks', 'Disabled']],
  )
})

tests('know a length of time that Calico writes in another way', () => {
  assert.ok(meansSame('90s', '1m30s'))
  assert.ok(meansSame('1h', '1h0m0s'))
  assert.not(meansSame('90s', '90m'))
  assert.not(meansSame('s', 'm'))
})

tests('know a live spec that does not decode as it is stored', () => {
  assert.equal(liveSpec({ a: 1 }, undefined), { stored: { a: 1 }, compared: { a: 1 } })
})

tests.run()
