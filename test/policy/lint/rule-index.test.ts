import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EntityRule } from '../../../src/model/policy/entity-rule.js'
import type { Rule } from '../../../src/model/policy/rule.js'
import { covers, isLive } from '../../../src/policy/lint/covers.js'
import { matchOf } from '../../../src/policy/lint/match.js'
import { ruleIndex } from '../../../src/policy/lint/rule-index.js'

const index = suite('rule index')

const selectors = [
  "role == 'a'",
  "role in {'a', 'b'}",
  'has(role)',
  '!has(role)',
  "role == 'b' && env == 'x'",
  "role == 'a' || env == 'x'",
  "role starts with 'a'",
  "env != 'x'",
]
const nets = [['10.0.0.0/8'], ['10.1.2.0/24', '10.3.0.0/20'], ['10.1.2.3/32'], ['0.0.0.0/0'], ['fd00::/10']]
const ports: ReadonlyArray<EntityRule['ports'] & {}> = [
  [80],
  [443, 80],
  ['80:90'],
  ['1:65535'],
  ['http'],
  ['http', 80],
]

const someEnd: fc.Arbitrary<EntityRule> = fc.record(
  {
    selector: fc.constantFrom(...selectors),
    notSelector: fc.constantFrom("env == 'x'", 'has(role)'),
    nets: fc.constantFrom(...nets),
    ports: fc.constantFrom(...ports),
  },
  { requiredKeys: [] },
)
const someRule: fc.Arbitrary<Rule> = fc.record(
  {
    action: fc.constant('Allow'),
    protocol: fc.constantFrom('TCP', 'UDP'),
    source: someEnd,
    destination: someEnd,
  },
  { requiredKeys: ['action'] },
)

index('finds every rule that covers another one, from either side', () => {
  let [found, passed] = [0, 0]
  fc.assert(
    fc.property(
      fc.array(someRule, { minLength: 30, maxLength: 30 }),
      fc.constantFrom(undefined, 'shop'),
      (rules, namespace) => {
        const matches = rules.map((rule) => matchOf(rule, namespace))
        const { covering, covered } = ruleIndex(matches)
        for (const [narrow, match] of matches.entries()) {
          if (!isLive(match)) continue
          const wide = new Set(covering(match).flat())
          passed += matches.length - wide.size
          for (const [place, other] of matches.entries()) {
            if (!covers(other, match)) continue
            found++
            const what = JSON.stringify([rules[place], rules[narrow]])
            assert.ok(wide.has(place), what)
            assert.ok(covered(other).flat().includes(narrow), what)
          }
        }
      },
    ),
    { numRuns: 40 },
  )
  assert.ok(found > 1_000, `${found}`)
  assert.ok(passed > 1_000, `${passed}`)
})

index.run()
