/**
 * Parsing and matching ten typical selectors: ours beside Calico's own Go code, one selector after the other.
 *
 *     npx tsx test/bench/selector.ts [--json | --markdown] [--quick]
 */
import { orThrow } from '../../src/error.js'
import type { Labels } from '../../src/selector/ast.js'
import { matches } from '../../src/selector/match.js'
import { parseSelector } from '../../src/selector/parse.js'
import { calicos } from './calico.js'
import { type Figure, growth, race, times } from './measure.js'
import { report } from './report.js'

const selectors = [
  'all()',
  "app == 'web'",
  'has(env)',
  '!has(quarantine)',
  "app == 'web' && env == 'prod'",
  "role in {'web', 'api', 'db'}",
  "projectcalico.org/namespace == 'shop' && projectcalico.org/orchestrator == 'k8s'",
  "app starts with 'web-' || app ends with '-api'",
  "env not in {'dev', 'test'} && app contains 'shop'",
  "(app == 'web' || app == 'api') && !(has(quarantine) || env == 'dev') && tier != 'x'",
]

const labels: readonly [Labels, Labels, Labels, Labels] = [
  { app: 'web', env: 'prod', 'projectcalico.org/namespace': 'shop', 'projectcalico.org/orchestrator': 'k8s' },
  { app: 'shop-api', role: 'api', env: 'dev', 'pod-template-hash': '5d4f8c7b9' },
  {},
  { app: 'db', quarantine: 'yes', tier: 'x', role: 'cache' },
]

const repeats = 20_000
let sink = 0

const often =
  (run: (i: number) => boolean, calls = repeats) =>
  (): void => {
    for (let i = 0; i < calls; i++) if (run(i)) sink++
  }

/** Ours and Calico's, of one selector: what one call takes, not what a list of them does. */
const beside = (
  of: 'parse' | 'match',
  selector: string,
  run: (i: number) => boolean,
): ReadonlyArray<Figure> => {
  const requests = labels.map((map) => ({ op: 'match', selector, labels: map }))
  const calico = calicos("Calico's Go", of, requests)
  // Its seconds are those of all requests: of as many calls as ours.
  const rounds = () => calico.rounds().map((seconds) => (seconds / requests.length) * repeats)
  return race(
    repeats,
    [
      { name: 'typed-calico', run: often(run) },
      { ...calico, rounds },
    ],
    {
      rounds: 15,
      warmup: 5,
    },
  ).map((figure) => ({ ...figure, name: `${figure.name}: \`${selector.replaceAll('|', '\\|')}\`` }))
}

/** As many calls of each: the time of all, as a rate. */
const mean = (figures: ReadonlyArray<Figure>): number =>
  figures.length / figures.reduce((sum, { perSecond }) => sum + 1 / perSecond, 0)

const reached = (all: ReadonlyArray<ReadonlyArray<Figure>>) => {
  const [ours = Number.NaN, calico = Number.NaN] = [0, 1].map((index) =>
    mean(all.flatMap((pair) => pair[index] ?? [])),
  )
  const ratios = all.map((pair) => times(pair, 'Calico'))
  return [
    { what: "× Calico's Go, all ten together", reach: 0.5, here: ours / calico },
    { what: "× Calico's Go, the worst of the ten", reach: 0.5, here: Math.min(...ratios) },
  ]
}

const parsing = selectors.map((selector) =>
  beside('parse', selector, () => parseSelector(selector)._tag === 'Right'),
)
const matching = selectors.map((selector) => {
  const tree = orThrow(parseSelector(selector))
  return beside('match', selector, (i) => matches(tree, labels[(i & 3) as 0 | 1 | 2 | 3]))
})

/** So many selectors, no two the same. */
const different = (items: number): ReadonlyArray<string> =>
  JSON.parse(
    JSON.stringify(
      Array.from({ length: items }, (_, i) =>
        (selectors[i % selectors.length] ?? '').replace(/'(?=\w)/, `'${i}-`),
      ),
    ),
  )

report({
  row: 'selector parse',
  figures: parsing.flat(),
  growth: growth((items) => {
    const texts = different(items)
    return () => {
      for (const text of texts) if (parseSelector(text)._tag === 'Left') throw new Error(text)
    }
  }),
  targets: reached(parsing),
})
report({
  row: 'selector match',
  figures: matching.flat(),
  growth: growth((items) => {
    const trees = selectors.map((selector) => orThrow(parseSelector(selector)))
    const endpoints = Array.from({ length: items }, (_, i) => ({
      ...labels[(i & 3) as 0 | 1 | 2 | 3],
      pod: `${i}`,
    }))
    return often((i) => {
      const tree = trees[i % trees.length]
      return tree !== undefined && matches(tree, endpoints[i] ?? {})
    }, items)
  }),
  targets: reached(matching),
})
if (sink === 0) throw new Error('nothing was matched')
