import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/check/engine/constraint.js'
import { selector } from '../../../src/check/value/selector.js'
import { release } from '../../../src/model/calico-version.js'
import { context } from '../context.js'

const selectors = suite('selector')

const find = compile(selector, release('3.28'))
const rules = (text: string): ReadonlyArray<string> =>
  (find?.(text, context) ?? []).map((issue) => issue.rule)

selectors('says the same of a selector however often it is asked', () => {
  for (let round = 0; round < 3; round++) {
    assert.equal(rules("a == 'b'"), [])
    assert.equal(rules('a == b'), ['selector-value'])
  }
})

selectors('does not mind more selectors than it remembers', () => {
  for (let i = 0; i < 5_000; i++) {
    assert.equal(rules(`a == '${i}'`), [])
    assert.equal(rules(`a == ${i}`), ['selector-value'])
  }
  assert.equal(rules(`a == '${'x'.repeat(100_000)}'`), [])
})

selectors('gives the place under a caret', () => {
  assert.is(find?.("a = 'b'", context)[0]?.frame, "a = 'b'\n  ^")
})

selectors.run()
