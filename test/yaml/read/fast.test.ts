import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toJson } from '../../../src/yaml/print/json.js'
import { toYaml } from '../../../src/yaml/print/print.js'
import { readFast } from '../../../src/yaml/read/fast.js'
import { readDocument } from '../../../src/yaml/read/read-document.js'
import { policies } from '../../bench/work.js'
import { breakText } from '../../conformance/generate/break-text.js'
import { dice } from '../../conformance/generate/pool.js'
import { resource, written } from '../written.js'

const fast = suite('readFast')

/** Whether it answers; what it answers is then what the slow reader says. */
const answers = (text: string): boolean => {
  const value = readFast(text)
  if (value === undefined) return false
  const slow = readDocument({ text, start: 0 })
  assert.equal(slow.problems, [], text)
  assert.ok(isDeepStrictEqual(value, slow.value), text)
  return true
}

fast('answers as the slow reader, whoever printed the text', () => {
  fc.assert(
    fc.property(written, ({ text }) => void answers(text)),
    { numRuns: 1000 },
  )
})

const marks = [
  ...[
    '\n',
    '\n  ',
    ' ',
    '  ',
    ':',
    ': ',
    ' :',
    '- ',
    '-',
    '#',
    ' #',
    ',',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    "''",
  ],
  ...[
    '\\',
    '\\n',
    '\\/',
    '\\ud83d',
    '&a ',
    '*a',
    '!',
    '|',
    '>',
    '%',
    '@',
    '?',
    '? ',
    '<<: ',
    '~',
    '...',
    '---',
  ],
  ...[
    '0',
    '1_0',
    '.inf',
    '1e400',
    'yes',
    'null',
    '__proto__: ',
    '\t',
    '\r',
    '\ufeff',
    '\u0085',
    'é',
    '[]',
    '{}',
  ],
]

fast('answers as the slow reader, whatever happened to the text', () => {
  const broken = fc.tuple(written, fc.integer()).map(([{ text }, seed]) => breakText(text, dice(seed), marks))
  fc.assert(
    fc.property(broken, (text) => void answers(text)),
    { numRuns: 3000 },
  )
})

fast('answers as the slow reader to small texts of all kinds', () => {
  const word = fc.constantFrom(
    'a',
    'b:',
    'c: d',
    '- e',
    '- f: g',
    '  ',
    '\n',
    '\n  ',
    '\n- ',
    '[h, 1]',
    '{i: j}',
    ...marks,
  )
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''))
  fc.assert(
    fc.property(text, (small) => void answers(small)),
    { numRuns: 5000 },
  )
})

fast('leaves a separator that is indented to the slow reader, to whom it is a text', () => {
  assert.is(readFast('\n  ---\n'), undefined)
  assert.is(readFast('\n---\na: b\n') !== undefined, true)
})

fast('answers to what we print', () => {
  for (const policy of policies(50)) {
    const of = policy as Parameters<typeof toYaml>[0]
    assert.ok(answers(toYaml(of)))
    assert.ok(answers(toJson(of)))
  }
  const ours = fc.sample(resource, 200).map((value) => toYaml(value))
  assert.ok(ours.filter(answers).length > 50)
})

const taken: ReadonlyArray<readonly [what: string, text: string]> = [
  ['comments and empty lines', '# a\n\na: 1 # b\n  # c\n\nb: #d\n  - 1\n# e'],
  ['lists at and under the column of their key', 'a:\n- 1\nb:\n  - 2\n  -   c: 3\n      d: 4\n'],
  ['lists in lists', '- - 1\n  - 2\n-\n  - 3\n'],
  ['quotes of both kinds', 'a: "b\\n\\u00e9"\n\'c\': \'d\'\'e\'\n"f": ""\n'],
  ['lists and maps in one line', 'a: [1, b, "c", [], {}]\nd: {e: f, "g":1}\n'],
  ['JSON over lines', '{\n  "a": [\n    1,\n    true\n  ]\n}\n'],
  ['a document marker', '# a\n---\na: b\n'],
  ['selectors', "a: b == 'c' && !has(d) || e in {\"f\", 'g'}\n"],
  ['nothing', '# a\n'],
]

for (const [what, text] of taken) {
  fast(`takes ${what}`, () => assert.ok(answers(text)))
}

const left: ReadonlyArray<readonly [what: string, text: string]> = [
  ['equal keys', 'a: 1\na: 2\n'],
  ['a key that is __proto__', '__proto__: 1\n'],
  ['a key that is no text', 'yes: 1\n'],
  ['anchors, aliases and tags', 'a: &b 1\n'],
  ['texts over several lines', 'a: b\n  c\n'],
  ['block texts', 'a: |\n  b\n'],
  ['a number that no number holds', 'a: 9007199254740993\n'],
  ['escapes that calicoctl refuses', 'a: "\\/"\n'],
  ['tabs', 'a:\tb\n'],
  ['lines of Windows', 'a: b\r\n'],
  ['wrong indentation', 'a:\n   b: 1\n  c: 2\n'],
]

for (const [what, text] of left) {
  fast(`leaves ${what} to the slow reader`, () => assert.is(readFast(text), undefined))
}

fast.run()
