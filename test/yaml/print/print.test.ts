import fc from 'fast-check'
import jsYaml from 'js-yaml'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import type { NetworkPolicy } from '../../../src/model/policy/network-policy.js'
import { commented } from '../../../src/yaml/print/comment.js'
import { toYaml } from '../../../src/yaml/print/print.js'
import { asText, hostilePolicy, hostileString, traps } from '../hostile.js'

const print = suite('toYaml')

const named = (name: string, spec: NetworkPolicy['spec'] = {}): NetworkPolicy => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec,
})

const lines = (...all: ReadonlyArray<string>): string => all.map((line) => `${line}\n`).join('')

print('prints fields in the order of the types, whatever their order in the value', () => {
  const policy: NetworkPolicy = {
    spec: {
      ingress: [{ source: { ports: [80, '20:22'] }, protocol: 'TCP', action: 'Allow' }],
      selector: 'all()',
    },
    metadata: { labels: { b: 'yes', a: '1_000' }, namespace: 'shop', name: 'api' },
    kind: 'NetworkPolicy',
    apiVersion: 'projectcalico.org/v3',
  }
  const expected = lines(
    ...['apiVersion: projectcalico.org/v3', 'kind: NetworkPolicy'],
    ...['metadata:', '  name: api', '  namespace: shop', '  labels:', '    a: "1_000"', '    b: "yes"'],
    ...['spec:', '  selector: all()', '  ingress:', '  - action: Allow', '    protocol: TCP'],
    ...['    source:', '      ports:', '      - 80', '      - "20:22"'],
  )
  assert.is(toYaml(policy), expected)
})

print('separates resources by ---', () => {
  const one = toYaml(named('a'))
  assert.is(toYaml(named('a'), named('a')), `${one}---\n${one}`)
  assert.is(toYaml(), '')
})

print('leaves out undefined, and keeps what is empty', () => {
  const value = {
    ...named('a', { types: [], ingress: [{ action: 'Allow', source: {} }] }),
    status: undefined,
  }
  assert.ok(toYaml(value).endsWith('spec:\n  types: []\n  ingress:\n  - action: Allow\n    source: {}\n'))
})

print('keeps a long selector on one line, and plain', () => {
  const selector = Array.from({ length: 90 }, (_, i) => `app == 'a${i}'`).join(' || ')
  assert.ok(toYaml(named('a', { selector })).includes(`  selector: ${selector}\n`))
})

print('prints a key that is no field of the type, last', () => {
  const value = { another: 1, ...named('a') }
  assert.ok(toYaml(value).endsWith('spec: {}\nanother: 1\n'))
})

print('prints a comment above the resource and above a rule', () => {
  const rule = commented({ action: 'Allow' } as const, 'from everywhere\n---\nreally')
  const text = toYaml(named('x'), commented(named('a', { ingress: [rule] }), 'why'))
  assert.ok(text.includes('---\n# why\napiVersion'))
  assert.ok(text.includes('  ingress:\n  # from everywhere\n  # ---\n  # really\n  - action: Allow\n'))
})

print('keeps a comment off the data', () => {
  assert.equal(commented(named('a'), 'why'), named('a'))
  assert.equal(Reflect.ownKeys({ ...commented(named('a'), 'why') }), Reflect.ownKeys(named('a')))
})

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)])
  return Object.fromEntries(entries.reverse())
}

print('prints the same text whatever the order of the keys', () => {
  fc.assert(
    fc.property(hostilePolicy, (policy) => toYaml(reversed(policy) as typeof policy) === toYaml(policy)),
  )
})

const readers: Readonly<Record<string, (text: string) => ReadonlyArray<unknown>>> = {
  'js-yaml': (text) => jsYaml.loadAll(text),
  'yaml as 1.1': (text) => parseAll(text, '1.1'),
  'yaml as 1.2': (text) => parseAll(text, '1.2'),
}

const parseAll = (text: string, version: '1.1' | '1.2'): ReadonlyArray<unknown> =>
  [...parseAllDocuments(text, { version, merge: true })].map((document) => {
    assert.equal(document.errors, [])
    return document.toJS()
  })

for (const [reader, read] of Object.entries(readers)) {
  print(`${reader} reads the data that was printed`, () => {
    fc.assert(
      fc.property(fc.array(hostilePolicy, { minLength: 1, maxLength: 2 }), (policies) => {
        assert.equal(read(toYaml(...policies)), policies.map(asText))
      }),
      { numRuns: 300 },
    )
  })

  print(`${reader} reads each trap as a key and as a value`, () => {
    for (const trap of traps) {
      const policy = { ...named(trap), metadata: { name: trap, labels: { [trap]: trap } } }
      assert.equal(read(toYaml(policy)), [asText(policy)], JSON.stringify(trap))
    }
  })

  print(`no comment changes what ${reader} reads`, () => {
    fc.assert(
      fc.property(hostileString, (text) => {
        const rule = commented({ action: 'Allow', source: commented({}, text) } as const, text)
        const policy = commented(named('a', { ingress: [rule] }), text)
        assert.equal(read(toYaml(policy)), [policy])
      }),
    )
  })
}

print.run()
