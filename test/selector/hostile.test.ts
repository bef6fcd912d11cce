import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { selectorId } from '../../src/selector/id.js'
import { labelsOf } from '../../src/selector/labels-of.js'
import { matcher, matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { printSelector } from '../../src/selector/print.js'

const hostile = suite('selectors from outside')

/** In linear time a fraction of a second; what grew with the square would not come to an end. */
const megabyte = 1 << 20
const fill = (unit: string): string => unit.repeat(Math.floor(megabyte / unit.length))

for (const unit of [
  '(',
  '!',
  '!(',
  'has(',
  'has(a)',
  'a',
  ' \n',
  'a==',
  'a in {"b",',
  "a=='b'&&",
  "a=='b'||(",
  'not ',
  '"',
]) {
  hostile(`refuses a megabyte of ${JSON.stringify(unit)} at once, in few words`, () => {
    const result = parseSelector(fill(unit))
    assert.is(result._tag, 'Left')
    if (result._tag === 'Left') assert.ok(JSON.stringify(result.left).length < 1000)
  })
}

const both = (text: string): void => {
  const selector = orThrow(parseSelector(text))
  assert.ok(printSelector(selector).length > 0)
  assert.is(selectorId(selector).length, 40)
  assert.equal(labelsOf(selector), ['a'])
  assert.is(matches(selector, { a: 'b' }), matcher(selector)({ a: 'b' }))
}

hostile('reads, prints, identifies and matches a megabyte that is deep', () => {
  const depth = Math.floor(megabyte / 20)
  both(`${'('.repeat(depth)}has(a)${')'.repeat(depth)}`)
  both(`${'!('.repeat(depth)}has(a)${')'.repeat(depth)}`)
  both(`${"(a == 'b' && ".repeat(depth)}has(a)${')'.repeat(depth)}`)
  both(`${"!(a == 'b' || !(".repeat(depth)}has(a)${'))'.repeat(depth)}`)
})

hostile('reads, prints, identifies and matches a megabyte that is wide', () => {
  both(`${fill("a=='b'&&")}has(a)`)
  both(`${fill("a!='b'||")}has(a)`)
  both(`a in {${fill('"b",')}}`)
  both(`${fill('!')}has(a)`)
  both(`a == '${fill('x')}'`)
})

hostile('finds no label in what every object inherits', () => {
  for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    assert.not(matches(orThrow(parseSelector(`has(${key})`)), {}))
    assert.not(matches(orThrow(parseSelector(`${key} contains ''`)), {}))
    assert.ok(matches(orThrow(parseSelector(`${key} not in {'x'}`)), {}))
    assert.ok(matches(orThrow(parseSelector(`${key} == 'x'`)), JSON.parse(`{"${key}": "x"}`)))
  }
})

hostile('shows no character that a terminal would obey', () => {
  const result = parseSelector('a == "\u001b[31m\u202e" b\u0007')
  assert.is(result._tag, 'Left')
  if (result._tag === 'Right') return
  const [{ frame = '', message, hint = '' }] = result.left.issues
  assert.is(frame, 'a == "�[31m�" b�\n              ^')
  assert.not.match(message + hint, /\p{C}/u)
})

hostile.run()
