import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { all, and, global, not, or } from '../../src/selector/combination.js'
import { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from '../../src/selector/condition.js'
import { matcher, matches } from '../../src/selector/match.js'
import { evaluate, someLabels, someSelector } from './trees.js'

const match = suite('matches')

match('takes an absent label for different: != and not in match it, nothing else does', () => {
  const absent = { other: 'web' }
  assert.ok(matches(ne('role', 'web'), absent))
  assert.ok(matches(notIn('role', ['web']), absent))
  for (const selector of [
    has('role'),
    eq('role', ''),
    isIn('role', ['']),
    contains('role', ''),
    startsWith('role', ''),
    endsWith('role', ''),
  ]) {
    assert.not(matches(selector, absent), selector._tag)
  }
})

match('compares present labels exactly', () => {
  const labels = { role: 'web-shop' }
  assert.ok(matches(eq('role', 'web-shop'), labels))
  assert.not(matches(eq('role', 'Web-shop'), labels))
  assert.not(matches(ne('role', 'web-shop'), labels))
  assert.ok(matches(isIn('role', ['api', 'web-shop']), labels))
  assert.not(matches(notIn('role', ['api', 'web-shop']), labels))
  assert.ok(matches(contains('role', 'b-s'), labels))
  assert.ok(matches(startsWith('role', 'web'), labels))
  assert.not(matches(startsWith('role', 'shop'), labels))
  assert.ok(matches(endsWith('role', 'shop'), labels))
  assert.not(matches(endsWith('role', 'web'), labels))
})

match('takes an empty value for present', () => {
  assert.ok(matches(has('role'), { role: '' }))
  assert.ok(matches(eq('role', ''), { role: '' }))
})

match('matches all() and global() with everything', () => {
  assert.ok(matches(all(), {}))
  assert.ok(matches(global(), { a: 'b' }))
  assert.not(matches(not(global()), {}))
})

match('combines as logic does', () => {
  const [yes, no] = [has('a'), has('b')]
  const labels = { a: '' }
  assert.ok(matches(and(yes, yes), labels))
  assert.not(matches(and(yes, no, yes), labels))
  assert.ok(matches(or(no, no, yes), labels))
  assert.not(matches(or(no, no), labels))
  assert.ok(matches(not(and(yes, no)), labels))
  assert.ok(matches(and(or(no, yes), not(or(no, not(yes)))), labels))
})

match('agrees with the plain evaluation of the tree, at once and again', () => {
  fc.assert(
    fc.property(someSelector, fc.array(someLabels, { minLength: 1, maxLength: 4 }), (selector, several) => {
      const compiled = matcher(selector)
      return several.every((labels) => {
        const expected = evaluate(selector, labels)
        return matches(selector, labels) === expected && compiled(labels) === expected
      })
    }),
    { numRuns: 3000 },
  )
})

match.run()
