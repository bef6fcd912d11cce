/**
 * Lint of many policies that compete: each pair of them has to be looked at, and few pairs have anything in common.
 *
 *     npx tsx test/bench/lint.ts [--json | --markdown] [--quick]
 */
import { networkPolicy, type Resource } from '../../src/index.js'
import { lint } from '../../src/policy/lint/lint.js'
import { growth, race } from './measure.js'
import { report } from './report.js'

const sizes = [400, 1_600]

const many = (count: number, one: (index: number) => Resource): ReadonlyArray<Resource> =>
  Array.from({ length: count }, (_, index) => one(index))

const from = (index: number) => ({
  protocol: 'TCP' as const,
  source: { selector: `role == 'r${index}'` },
  destination: { ports: [index + 1] },
})

const shapes: Readonly<Record<string, (count: number) => ReadonlyArray<Resource>>> = {
  'of one policy': (count) => [
    many(count, () => networkPolicy('all', 'shop')).reduce(
      (policy, _, index) => policy.allowIngress(from(index)),
      networkPolicy('all', 'shop').selector('has(app)'),
    ),
  ],
  'of as many policies, one after the other': (count) =>
    many(count, (index) =>
      networkPolicy(`p${index}`, 'shop').selector('has(app)').order(index).allowIngress(from(index)),
    ),
  'of as many policies of one order, half of which deny': (count) =>
    many(count, (index) => {
      const policy = networkPolicy(`p${index}`, 'shop').selector('has(app)').order(1)
      return index % 2 === 0 ? policy.allowIngress(from(index)) : policy.denyIngress(from(index))
    }),
}

for (const [shape, of] of Object.entries(shapes)) {
  const resources = of(400)
  report({
    row: `400 rules ${shape}, linted`,
    figures: race(400, [{ name: 'rules', run: () => lint(resources) }], { rounds: 5, warmup: 2 }),
    growth: growth(
      (items) => {
        const set = of(items)
        return () => lint(set)
      },
      { sizes, work: 400 },
    ),
    targets: [],
  })
}
