/**
 * Printing as YAML, and reading YAML into decoded and checked resources: ours beside js-yaml 4 and yaml, each with ajv
 * on the closed CRD schema for reading, and JSON as the limit.
 *
 *     npx tsx test/bench/yaml.ts [--json]
 */
import { Ajv } from 'ajv'
import * as E from 'fp-ts/lib/Either.js'
import { dump, loadAll } from 'js-yaml'
import { parseAllDocuments, stringify } from 'yaml'
import type { Resource } from '../../src/model/resource.js'
import { fromYaml } from '../../src/yaml/from-yaml.js'
import { toYaml } from '../../src/yaml/print.js'
import { closedCrd } from './crd.js'
import { type Figure, print, race } from './measure.js'
import { policies } from './work.js'

const count = 1000

const workOf = (items: number): ReadonlyArray<Resource> => JSON.parse(JSON.stringify(policies(items)))

const work = workOf(count)

/** As one UTF-8 text: a string that is not laid out in memory is not printed yet. */
const printed = (text: string): number => Buffer.byteLength(text)

const printing = race(
  count,
  [
    { name: 'typed-calico toYaml', run: () => printed(toYaml(...work)) },
    { name: 'js-yaml 4', run: () => printed(work.map((policy) => dump(policy)).join('---\n')) },
    {
      name: 'yaml, safe for YAML 1.1',
      run: () =>
        printed(work.map((policy) => stringify(policy, { compat: 'yaml-1.1', lineWidth: 0 })).join('---\n')),
    },
    {
      name: 'JSON.stringify (limit)',
      run: () => printed(work.map((policy) => JSON.stringify(policy)).join('\n---\n')),
    },
  ],
  { rounds: 20, warmup: 5 },
)

const ajv = new Ajv({ strict: false, allErrors: false })
const namespaced = ajv.compile(closedCrd('networkpolicies'))
const global = ajv.compile(closedCrd('globalnetworkpolicies'))

const decoded = (documents: ReadonlyArray<unknown>): void => {
  const all = documents as ReadonlyArray<Resource>
  const valid = all.every((policy) => (policy.kind === 'NetworkPolicy' ? namespaced : global)(policy))
  if (!valid || all.length !== count) throw new Error('refused a valid policy')
}

const read = (text: string): void => {
  if (E.isLeft(fromYaml(text, { calico: '3.28' }))) throw new Error('refused a valid policy')
}

const yaml = toYaml(...work)
const json = work.map((policy) => JSON.stringify(policy))

const reading = race(
  count,
  [
    { name: 'typed-calico fromYaml', run: () => read(yaml) },
    { name: 'js-yaml 4 + ajv', run: () => decoded(loadAll(yaml)) },
    {
      name: 'yaml + ajv',
      run: () => decoded([...parseAllDocuments(yaml)].map((document) => document.toJS())),
    },
    { name: 'JSON.parse + ajv (limit)', run: () => decoded(json.map((text): unknown => JSON.parse(text))) },
  ],
  { rounds: 20, warmup: 5 },
)

print('print as YAML', printing)
print('read YAML: decoded and checked', reading)
/** The rate at three sizes: it stays what it is where the cost grows linearly. */
const growth = (name: string, runOf: (all: ReadonlyArray<Resource>) => () => void): ReadonlyArray<Figure> =>
  [1_000, 10_000, 100_000].flatMap((items) =>
    race(items, [{ name: `${name}, ${items.toLocaleString('en')}`, run: runOf(workOf(items)) }], {
      rounds: 5,
      warmup: 1,
      repeat: Math.max(1, 20_000 / items),
    }),
  )

print(
  'print as YAML: growth',
  growth('typed-calico toYaml', (all) => () => void printed(toYaml(...all))),
)
print(
  'read YAML: growth',
  growth('typed-calico fromYaml', (all) => {
    const text = toYaml(...all)
    return () => read(text)
  }),
)

const times = (figures: ReadonlyArray<Figure>, other: string): string => {
  const rate = (name: string): number =>
    figures.find((figure) => figure.name.startsWith(name))?.perSecond ?? Number.NaN
  return (rate('typed-calico') / rate(other)).toFixed(2)
}

if (!process.argv.includes('--json')) {
  console.log(
    [
      `  print: ${times(printing, 'js-yaml')} × js-yaml (to reach: 5), ${times(printing, 'JSON')} × JSON (to reach: 0.3)`,
      `  read: ${times(reading, 'js-yaml')} × js-yaml + ajv (to reach: 1)`,
    ].join('\n'),
  )
}
