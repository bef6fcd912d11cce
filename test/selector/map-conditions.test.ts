import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { not } from '../../src/selector/combination.js'
import { mapConditions } from '../../src/selector/map-conditions.js'
import { matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { printSelector } from '../../src/selector/print.js'
import { someLabels, someSelector } from './trees.js'

const mapped = suite('mapConditions')

mapped('leaves a selector as it is whose conditions stay', () => {
  fc.assert(
    fc.property(someSelector, (selector) => {
      assert.equal(
        mapConditions(selector, (it) => it),
        selector,
      )
    }),
  )
})

mapped('changes what matches no more than its conditions do', () => {
  fc.assert(
    fc.property(someSelector, someLabels, (selector, labels) => {
      const doubled = mapConditions(selector, (it) => not(not(it)))
      assert.is(matches(doubled, labels), matches(selector, labels))
    }),
  )
})

mapped('keeps the order of what it joins', () => {
  const selector = orThrow(parseSelector('has(a) && (has(b) || !has(c)) && has(d)'))
  const prefixed = mapConditions(selector, (it) => ('key' in it ? { ...it, key: `x.${it.key}` } : it))
  assert.is(printSelector(prefixed), '(has(x.a) && (has(x.b) || !has(x.c)) && has(x.d))')
})

mapped.run()
