import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { all, and, not, or } from '../../src/selector/combination.js'
import { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from '../../src/selector/condition.js'
import { matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { implies, mayMatch } from '../../src/selector/satisfiable.js'
import { someLabels, someSelector } from './trees.js'

const satisfiable = suite('mayMatch and implies')

satisfiable('never deny what some labels match', () => {
  fc.assert(
    fc.property(someSelector, someLabels, (selector, labels) => {
      if (matches(selector, labels)) assert.ok(mayMatch(selector))
    }),
    { numRuns: 5_000 },
  )
})

satisfiable('never promise a match that some labels are without', () => {
  fc.assert(
    fc.property(someSelector, someSelector, someLabels, (one, other, labels) => {
      if (implies(one, other) && matches(one, labels)) assert.ok(matches(other, labels))
    }),
    { numRuns: 5_000 },
  )
})

satisfiable('know that a selector implies itself, and contradicts its negation', () => {
  fc.assert(
    fc.property(someSelector, (selector) => {
      assert.ok(implies(selector, selector))
      assert.not(mayMatch(and(selector, not(selector))))
    }),
  )
})

const impossible = [
  and(eq('role', 'web'), eq('role', 'api')),
  and(has('role'), not(has('role'))),
  and(eq('role', 'web'), ne('role', 'web')),
  and(isIn('role', ['web', 'api']), notIn('role', ['api', 'web', 'db'])),
  and(isIn('role', ['web', 'api']), startsWith('role', 'd')),
  and(startsWith('role', 'web-1'), not(startsWith('role', 'web-'))),
  and(startsWith('role', 'web'), startsWith('role', 'api')),
  and(endsWith('role', '-web'), not(contains('role', 'web'))),
  and(contains('role', 'w'), not(has('role'))),
  and(or(eq('a', '1'), eq('a', '2')), or(eq('a', '3'), not(has('a')))),
  not(all()),
  orThrow(parseSelector('role in {}')),
]

for (const [index, selector] of impossible.entries()) {
  satisfiable(`see that no labels match, case ${index}`, () => assert.not(mayMatch(selector)))
}

satisfiable('leave open what labels may match', () => {
  const possible = [
    all(),
    ne('role', 'web'),
    and(ne('role', 'web'), not(has('role'))),
    and(startsWith('role', 'web'), endsWith('role', 'api')),
    and(startsWith('role', 'we'), startsWith('role', 'web'), ne('role', 'web')),
    and(eq('role', 'web'), eq('env', 'prod')),
  ]
  for (const selector of possible) assert.ok(mayMatch(selector))
})

satisfiable('give up, and in time, where it would take too long to tell', () => {
  const choices = Array.from({ length: 40 }, (_, i) => or(has(`a${i}`), has(`b${i}`), has(`c${i}`)))
  const [first = all(), ...others] = choices
  assert.ok(mayMatch(and(first, ...others, eq('x', '1'), eq('x', '2'))))
})

satisfiable('need no stack', () => {
  const deep = `${'!('.repeat(100_001)}has(a)${')'.repeat(100_001)}`
  assert.ok(mayMatch(orThrow(parseSelector(deep))))
})

satisfiable.run()
