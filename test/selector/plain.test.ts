import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseSelector } from '../../src/selector/parse.js'
import { isPlainSelector } from '../../src/selector/plain.js'
import { policies } from '../bench/work.js'
import { anySelector, goodSelector } from '../conformance/generate/selector.js'

const plain = suite('isPlainSelector')

plain('takes nothing that the parser refuses', () => {
  fc.assert(
    fc.property(anySelector, (text) => !isPlainSelector(text) || parseSelector(text)._tag === 'Right'),
    { numRuns: 20_000 },
  )
})

for (const text of [
  "xin {'a'}",
  "acontains 'b'",
  `${'x'.repeat(513)} == 'a'`,
  "a in {'b' 'c'}",
  'a in {,}',
  "a == 'b'\n",
  "!= 'a'",
  '(has(a)',
  'has(a))',
  'has(a) &&',
  'has(a) & has(b)',
  'a == \'b"',
]) {
  plain(`refuses ${JSON.stringify(text.slice(-40))}`, () => {
    assert.is(parseSelector(text)._tag, 'Left')
    assert.is(isPlainSelector(text), false)
  })
}

plain('leaves to the parser what is long or has parentheses within parentheses', () => {
  for (const text of [`a == '${'b'.repeat(1024)}'`, '((has(a)))', ' ']) {
    assert.is(parseSelector(text)._tag, 'Right')
    assert.is(isPlainSelector(text), false)
  }
})

plain('knows each selector of the measured policies, and three in four of all good ones', () => {
  JSON.stringify(policies(100), (key, value) => {
    if (/selector/i.test(key)) assert.ok(isPlainSelector(value), value)
    return value
  })
  const good = fc.sample(goodSelector, { numRuns: 2_000, seed: 1 })
  const known = good.filter(isPlainSelector).length / good.length
  assert.ok(known > 0.75, `${known}`)
})

plain('answers at once, whatever stands in the text', () => {
  const units = [' ', '!', '(', "a=='b'&&", "a in {'b',", "'", 'a', '(has(a))||', '! (', 'not ']
  const from = process.cpuUsage()
  for (const unit of units) isPlainSelector(unit.repeat(1024).slice(0, 1023).concat('$'))
  assert.ok(process.cpuUsage(from).user < 1_000_000)
})

plain.run()
