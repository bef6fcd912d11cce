import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { combine } from '../../src/selector/ast.js'
import { all, and, global, not, or } from '../../src/selector/combination.js'
import { has } from '../../src/selector/condition.js'

const combinations = suite('combinations')

combinations('keep what was written: groups are not flattened', () => {
  assert.equal(and(has('a'), and(has('b'), has('c'))), {
    _tag: 'And',
    operands: [has('a'), { _tag: 'And', operands: [has('b'), has('c')] }],
  })
})

combinations('of one are that one', () => {
  assert.equal(and(has('a')), has('a'))
  assert.equal(or(has('a')), has('a'))
})

combinations('of none are the truth for && and a lie for ||', () => {
  assert.equal(combine('And', []), all())
  assert.equal(combine('Or', []), not(all()))
})

combinations('negate twice to nothing', () => {
  assert.equal(not(not(has('a'))), has('a'))
  assert.equal(not(not(not(global()))), not(global()))
})

combinations.run()
