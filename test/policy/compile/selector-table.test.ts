import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow, parseSelector } from '../../../src/index.js'
import type { KnownLabels } from '../../../src/policy/compile/selector-index.js'
import { followAll } from '../../../src/policy/compile/selector-steps.js'
import {
  certaintyOf,
  holdingOf,
  internSelector,
  selectorAt,
  selectorTable,
} from '../../../src/policy/compile/selector-table.js'
import { compile } from '../../../src/selector/match.js'

const laws = suite('a table of selectors')

const key = fc.constantFrom('role', 'env', 'pcns.team')
const value = fc.constantFrom('web', 'api', 'prod')
const condition = fc.oneof(
  fc.tuple(key, fc.constantFrom('==', '!=', 'contains'), value).map(([a, op, b]) => `${a} ${op} '${b}'`),
  fc
    .tuple(key, fc.constantFrom('in', 'not in'), value, value)
    .map(([a, op, b, c]) => `${a} ${op} {'${b}', '${c}'}`),
  key.map((it) => `has(${it})`),
  key.map((it) => `!has(${it})`),
  fc.constant('all()'),
)
const selector = fc
  .array(condition, { minLength: 1, maxLength: 3 })
  .chain((all) => fc.constantFrom(all.join(' && '), all.join(' || ')))
const labels = fc.dictionary(key, value)
const open: fc.Arbitrary<KnownLabels['open']> = fc.constantFrom(
  undefined,
  { name: 'namespace', isOpen: (it: string) => it.startsWith('pcns.') },
  { name: 'all', isOpen: () => true },
)

laws('finds the selectors that hold, or may, when all are tried', () => {
  fc.assert(
    fc.property(fc.array(selector, { minLength: 1, maxLength: 6 }), labels, open, (texts, given, unknown) => {
      const table = selectorTable()
      const ids = texts.map((text) => internSelector(table, text, orThrow(parseSelector(text))))
      const known = unknown === undefined ? { labels: given } : { labels: given, open: unknown }
      const holding = holdingOf(table, known)
      const isOpen = unknown?.isOpen ?? (() => false)
      for (const id of ids)
        assert.is(
          certaintyOf(holding, id),
          followAll(compile(selectorAt(table, id)), given, isOpen),
          texts.join(' ; '),
        )
    }),
    { numRuns: 2_000 },
  )
})

laws.run()
