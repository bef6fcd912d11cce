import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { all, and, global, not, or } from '../../src/selector/combination.js'
import { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from '../../src/selector/condition.js'
import { matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { printSelector } from '../../src/selector/print.js'
import { anySelector, evaluate, someLabels, someSelector } from './trees.js'

const print = suite('printSelector')

print('prints each operator as Calico does', () => {
  assert.is(printSelector(all()), 'all()')
  assert.is(printSelector(global()), 'global()')
  assert.is(printSelector(has('a')), 'has(a)')
  assert.is(printSelector(eq('a', 'b')), 'a == "b"')
  assert.is(printSelector(ne('a', 'b')), 'a != "b"')
  assert.is(printSelector(contains('a', 'b')), 'a contains "b"')
  assert.is(printSelector(startsWith('a', 'b')), 'a starts with "b"')
  assert.is(printSelector(endsWith('a', 'b')), 'a ends with "b"')
  assert.is(printSelector(isIn('a', ['b'])), 'a in {"b"}')
  assert.is(printSelector(notIn('a', ['b'])), 'a not in {"b"}')
  assert.is(printSelector(not(has('a'))), '!has(a)')
})

print('puts parentheses around every && and ||', () => {
  assert.is(
    printSelector(or(and(has('a'), has('b'), has('c')), not(and(has('d'), has('e'))))),
    '((has(a) && has(b) && has(c)) || !(has(d) && has(e)))',
  )
})

print('sorts sets by UTF-8 bytes and drops repeats', () => {
  assert.is(
    printSelector(isIn('a', ['b', 'B', 'b', 'é', '', '10', '9'])),
    'a in {"", "10", "9", "B", "b", "é"}',
  )
  assert.is(
    printSelector(isIn('a', ['\u{10000}', '\uffff', '\ud7ff'])),
    'a in {"\ud7ff", "\uffff", "\u{10000}"}',
  )
  assert.is(printSelector(isIn('a', ['😁', '😀', '😀a'])), 'a in {"😀", "😀a", "😁"}')
})

print('prefers double quotes, value by value', () => {
  assert.is(printSelector(isIn('a', ["it's", 'say "hi"'])), `a in {"it's", 'say "hi"'}`)
})

print('sorts as Go sorts the same strings as bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (values) => {
      const plain = values.filter((value) => !value.includes('"'))
      const [first, ...others] = plain
      if (first === undefined) return true
      const expected = [...new Set(plain)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      return (
        printSelector(isIn('a', [first, ...others])) === `a in {${expected.map((v) => `"${v}"`).join(', ')}}`
      )
    }),
  )
})

print('is the same after parsing it again', () => {
  fc.assert(
    fc.property(someSelector, (selector) => {
      const text = printSelector(selector)
      return printSelector(orThrow(parseSelector(text))) === text
    }),
    { numRuns: 1000 },
  )
})

print('reads a doubled negation in parentheses back as none, as Calico does', () => {
  const doubled = orThrow(parseSelector('!(!has(a))'))
  assert.is(printSelector(doubled), '!!has(a)')
  assert.is(printSelector(orThrow(parseSelector(printSelector(doubled)))), 'has(a)')
})

print('marks a value with both kinds of quote so that nobody can read it', () => {
  const selector = eq('a', `it's "x"`)
  assert.is(printSelector(selector), `a == \`it's "x"\``)
  const read = parseSelector(printSelector(selector))
  assert.is(read._tag === 'Left' && read.left.issues[0].rule, 'selector-quote')
})

print('marks a key that is no label so that nobody can read it', () => {
  for (const key of ['', 'a b', 'a) || has(b', 'ä', 'x'.repeat(513), 'a\n']) {
    for (const selector of [has(key), eq(key, 'x'), isIn(key, ['x']), not(has(key))]) {
      const read = parseSelector(printSelector(selector))
      assert.is(read._tag === 'Left' && read.left.issues[0].rule, 'selector-label', printSelector(selector))
    }
  }
})

print('never prints what reads as a selector that matches anything else', () => {
  assert.is(parseSelector(printSelector(eq('a', `"' || all() || a == '`)))._tag, 'Left')
  fc.assert(
    fc.property(anySelector, someLabels, (selector, labels) => {
      const read = parseSelector(printSelector(selector))
      return read._tag === 'Left' || evaluate(read.right, labels) === matches(selector, labels)
    }),
    { numRuns: 2000 },
  )
})

print.run()
