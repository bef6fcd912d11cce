import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseDocument } from 'yaml'
import { readDocument } from '../../../src/yaml/read/read-document.js'

const dialect = suite('what the parser takes and calicoctl does not')

const rules = (text: string): ReadonlyArray<string> =>
  readDocument({ text, start: 0 }).problems.map(({ rule }) => rule)

/** Each was refused, or read as something else, by `gopkg.in/yaml.v2` itself. */
const texts: Readonly<Record<string, ReadonlyArray<string>>> = {
  'a key that goes over lines': ['{"a\n b": 1}', 'a: {b\n  c: 1}'],
  'a colon in the line after its key': ['a: b\nc\n  :\n- d\n', '? a\n  : b\n'],
  'a colon without a space between brackets': ['{a: b, c:[1]}', '[1, 2.5:, 3]'],
  'a colon or a question mark that begins or ends a word between brackets': [
    '[{a: b, :c: d}]',
    '{a: ?b}',
    '[tr?ue]',
    '{"action":\n:"Allow"}',
  ],
  'a quote that is not closed': ["a: 'b''", "a: '''", 'a: "b\\"\nc: "d"\n'],
  'an anchor that is no word': ["a: &b'c'", 'a: &"b"', '[&a{b: c}]', 'a: &b~ c'],
  'an anchor or a tag of a key': ['{&a b: c}', '&a b: c', '{a: 1,!x\n"b": 2}'],
  'an escaped slash or surrogate': ['{"a":"\\/"}', '{"a":"\\ud83d\\ude00"}', '{"a":"\\U0000d800"}'],
  'an empty line after a line that goes on': ['a: "b\\\n\n c"'],
  'a line that goes on without being indented': ['a:\n#b\n c\nd\n'],
}

for (const [fact, examples] of Object.entries(texts)) {
  dialect(`is refused: ${fact}`, () => {
    for (const text of examples) {
      assert.equal(parseDocument(text).errors, [], `the parser refuses ${JSON.stringify(text)} by itself`)
      assert.equal(rules(text), ['yaml-1.1'], JSON.stringify(text))
    }
  })
}

const others: Readonly<Record<string, ReadonlyArray<string>>> = {
  tab: ['a:\n  b\n\t\nc: d\n', '-\ta\n', 'a: |\n  \tb\n', '\t{a: b}'],
  'document-end': ['\n...\n', '# a\n...'],
  'second-document': ['a: b\n...\nc: d\n'],
  directive: ['%YAML 1.1\n', 'a: "b\n%c"'],
  character: [
    'a: b\x7f',
    'a: "b\u0085c"',
    '# a\u2028b: c',
    'a: b\rc: d',
    'a: \ufeffb',
    '\ud800',
    '\ufeff  a: b',
  ],
  tag: ['a: !b c', 'a: !<> b', 'a: !!int 1', 'a: !!map {}'],
  'key-not-text': ['null: a', '~: a', '[a]: b', 'yes: a', '0x1F: a', '.inf: a'].filter(
    (text) => text !== '.inf: a',
  ),
  'not-finite': ['a: .inf', '.nan: a'],
  alias: ['a: *b', 'a: &a [*a]'],
  merge: ['<<: 1', 'a: &a [{b: 1}]\nc:\n  <<: *a'],
}

for (const [rule, examples] of Object.entries(others)) {
  dialect(`is refused by name: ${rule}`, () => {
    for (const text of examples) assert.equal(rules(text), [rule], JSON.stringify(text))
  })
}

dialect('leaves what both read the same way', () => {
  const same: ReadonlyArray<readonly [string, unknown]> = [
    ['\ufeffa: b\n', { a: 'b' }],
    ['a:\tb\n', { a: 'b' }],
    ['a: b\n...\n', { a: 'b' }],
    ['{"a":1,"b" : [],\t"c":"\\u00e9"}', { a: 1, b: [], c: 'é' }],
    ["a: 'b''c'\n\"d\": e#f # g\n", { a: "b'c", d: 'e#f' }],
    ['a:\n  b\n  c\n', { a: 'b c' }],
    ['a: >-\n  b\n  c\n', { a: 'b c' }],
    ['[a:b, {c}, "d"]', ['a:b', { c: null }, 'd']],
    ['# !<>\n"!<>": \'x !<> y\'\na: b !<>\nc: |\n  !<>\n', { '!<>': 'x !<> y', a: 'b !<>', c: '!<>\n' }],
    [`a:\n  ? ${'k'.repeat(1100)}\n  : b\n`, { a: { ['k'.repeat(1100)]: 'b' } }],
    ['a: &b {c: 1}\nd: {<<: *b, c: 2}\n', { a: { c: 1 }, d: { c: 2 } }],
    ['a: &x 1\nb: &y [*x]\nc: &x 2\nd: *y\n', { a: 1, b: [1], c: 2, d: [1] }],
  ]
  for (const [text, value] of same) {
    const document = readDocument({ text, start: 0 })
    assert.equal(document.problems, [], text)
    assert.equal(document.value, value, text)
  }
})

dialect.run()
