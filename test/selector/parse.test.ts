import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain, orThrow } from '../../src/error.js'
import { parseSelector } from '../../src/selector/parse.js'
import { printSelector } from '../../src/selector/print.js'
import { evaluate, someLabels, someSelector } from './trees.js'

const parse = suite('parseSelector')

const canonical = (text: string): string => printSelector(orThrow(parseSelector(text)))
const refuses = (text: string): void => assert.is(parseSelector(text)._tag, 'Left', text)

parse('reads a condition as data', () => {
  assert.equal(parseSelector("role == 'web'"), {
    _tag: 'Right',
    right: { _tag: 'Eq', key: 'role', value: 'web' },
  })
})

parse('takes the empty and the blank selector for all()', () => {
  for (const text of ['', ' ', ' \t ']) assert.is(canonical(text), 'all()')
  refuses('\n')
})

parse('binds && closer than ||', () => {
  assert.is(canonical('has(a) || has(b) && has(c)'), '(has(a) || (has(b) && has(c)))')
  assert.is(canonical('(has(a) || has(b)) && has(c)'), '((has(a) || has(b)) && has(c))')
})

parse('binds ! closest', () => {
  assert.is(canonical('!has(a) && has(b)'), '(!has(a) && has(b))')
  assert.is(canonical('!(has(a) && has(b))'), '!(has(a) && has(b))')
  assert.is(canonical("!a == 'b'"), '!a == "b"')
})

parse('collapses negations by parity, yet not through parentheses', () => {
  assert.is(canonical('!!has(a)'), 'has(a)')
  assert.is(canonical('! ! !has(a)'), '!has(a)')
  assert.is(canonical('!(!has(a))'), '!!has(a)')
})

parse('drops parentheses around one condition', () => {
  assert.is(canonical('((has(a)))'), 'has(a)')
  assert.is(canonical('((has(a)) && ((has(b))))'), '(has(a) && has(b))')
})

parse('keeps groups of the same operator apart', () => {
  assert.is(canonical('has(a) && (has(b) && has(c))'), '(has(a) && (has(b) && has(c)))')
})

parse('needs no blanks, and takes spaces and tabs anywhere between tokens', () => {
  assert.is(canonical('a=="b"&&c in{"d"}'), '(a == "b" && c in {"d"})')
  assert.is(canonical("a contains'b'"), 'a contains "b"')
  assert.is(canonical('\ta \t==\t"b" '), 'a == "b"')
  assert.is(canonical('has( a )&&all( )&&global(\t)'), '(has(a) && all() && global())')
})

parse('takes line breaks where the tokenizer of Calico does: inside words, never between them', () => {
  assert.is(canonical('has(\na\n)'), 'has(a)')
  assert.is(canonical('a not\n in {"b"}'), 'a not in {"b"}')
  assert.is(canonical('a starts\r\nwith "b"'), 'a starts with "b"')
  for (const text of ['a\n== "b"', 'a ==\n"b"', 'has(a)\n', 'has(\va)', 'has(\u00a0a)', 'a in\n{"b"}'])
    refuses(text)
})

parse('takes words that are run together', () => {
  assert.is(canonical('a startswith "b"'), 'a starts with "b"')
  assert.is(canonical('a endswith "b"'), 'a ends with "b"')
  assert.is(canonical('a notin {"b"}'), 'a not in {"b"}')
})

parse('takes its own words for labels', () => {
  assert.is(canonical("contains contains 'x'"), 'contains contains "x"')
  assert.is(canonical("in in {'x'} || not not in {'x'}"), '(in in {"x"} || not not in {"x"})')
  assert.is(
    canonical("has == 'x' && all == 'x' && global == 'x'"),
    '(has == "x" && all == "x" && global == "x")',
  )
})

parse('takes any mix of the characters of labels', () => {
  for (const label of ['-', '.', '/', '0', '_', '//x', '-a.', 'projectcalico.org/name']) {
    assert.is(canonical(`${label} == 'x'`), `${label} == "x"`)
  }
})

parse('takes a label of 512 characters, and an operator right behind it', () => {
  const label = 'x'.repeat(512)
  assert.is(canonical(`has(${label})`), `has(${label})`)
  assert.is(canonical(`${label}contains "a"`), `${label} contains "a"`)
  refuses(`has(${label}x)`)
  refuses(`${label}x == "a"`)
})

parse('takes sets that are empty, repeat themselves, or end with a comma', () => {
  assert.is(canonical('a in {}'), 'a in {}')
  assert.is(canonical("a in {'c', 'b', 'c',}"), 'a in {"b", "c"}')
  for (const text of ['a in {,}', 'a in {"b",,}', 'a in {"b" "c"}', 'a in {"b"', 'a in {b}']) refuses(text)
})

parse('takes values as they are, without escapes', () => {
  assert.is(canonical(`a == 'say "hi"'`), `a == 'say "hi"'`)
  assert.is(canonical(`a == "it's"`), `a == "it's"`)
  assert.is(canonical(`a == "\\"`), `a == "\\"`)
  assert.is(canonical('a == "x\n\ty"'), 'a == "x\n\ty"')
  assert.is(canonical(`a == ''`), 'a == ""')
})

parse('tells one issue, with rule, hint, source and a caret under the place', () => {
  const result = parseSelector("role = 'web'")
  assert.is(result._tag, 'Left')
  if (result._tag === 'Right') return
  assert.equal(result.left.issues, [
    {
      rule: 'selector-operator',
      path: [],
      message: 'Expected an operator after the label `role`, found `=`.',
      hint: 'Did you mean `==`?',
      source: 'libcalico-go/lib/selector/parser/parser.go',
      frame: "role = 'web'\n     ^",
    },
  ])
  assert.is(
    explain(result.left),
    [
      'Invalid: 1 issue',
      '  Expected an operator after the label `role`, found `=`. [selector-operator]',
      "    role = 'web'",
      '         ^',
      '    → Did you mean `==`?',
    ].join('\n'),
  )
})

parse('never fails otherwise than by an issue, whatever the text', () => {
  const token = fc.constantFrom(
    ...[
      '(',
      ')',
      '!',
      '==',
      '!=',
      '&&',
      '||',
      '{',
      '}',
      ',',
      'in',
      'not',
      'starts',
      'with',
      'a',
      '"b"',
      "'",
      '"',
    ],
    ...[
      'has(a)',
      'all()',
      'global()',
      ' ',
      '\t',
      '\n',
      '=',
      '&',
      '|',
      'contains',
      '\u00a0',
      '“',
      '`',
      '😀',
      '\ud800',
    ],
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(token, { maxLength: 12 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (selector) => {
      const result = parseSelector(selector)
      if (result._tag === 'Right') return printSelector(result.right).length > 0
      const [{ frame = '', hint = '', message }] = result.left.issues
      return /^[^\n]*\n *\^$/.test(frame) && hint !== '' && !message.includes('$') === !selector.includes('$')
    }),
    { numRuns: 3000 },
  )
})

parse('reads what is printed as a selector that matches the same', () => {
  fc.assert(
    fc.property(someSelector, someLabels, (selector, labels) => {
      const read = orThrow(parseSelector(printSelector(selector)))
      return evaluate(read, labels) === evaluate(selector, labels)
    }),
    { numRuns: 1000 },
  )
})

parse('refuses what is no text, as an issue', () => {
  for (const text of [undefined, null, 5, {}]) {
    const parsed = parseSelector(text as unknown as string)
    assert.is(parsed._tag === 'Left' && parsed.left.issues[0].rule, 'wrong-type')
  }
})

parse.run()
