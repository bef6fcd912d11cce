/**
 * Printing as YAML, and reading YAML into decoded and checked resources: ours beside js-yaml 4 and yaml, each with ajv
 * on the closed CRD schema for reading, beside calicoctl's own decoder, and JSON as the limit.
 *
 *     npx tsx test/bench/yaml.ts [--json | --markdown] [--quick]
 */
import { Ajv } from 'ajv'
import * as E from 'fp-ts/lib/Either.js'
import { dump, loadAll } from 'js-yaml'
import { parseAllDocuments, stringify } from 'yaml'
import type { Resource } from '../../src/model/resource.js'
import { toYaml } from '../../src/yaml/print/print.js'
import { fromYaml } from '../../src/yaml/read/from-yaml.js'
import { calicos } from './calico.js'
import { closedCrd } from './crd.js'
import { growth, race, times } from './measure.js'
import { report } from './report.js'
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
    calicos(
      "calicoctl's decoder, in Go: reads only",
      'decode',
      work.map((policy) => ({ doc: toYaml(policy) })),
    ),
  ],
  { rounds: 20, warmup: 5 },
)

report({
  row: 'print as calicoctl YAML',
  figures: printing,
  growth: growth((items) => {
    const all = workOf(items)
    return () => printed(toYaml(...all))
  }),
  targets: [
    { what: '× js-yaml 4', reach: 5, here: times(printing, 'js-yaml') },
    { what: '× JSON.stringify', reach: 0.3, here: times(printing, 'JSON') },
  ],
})
report({
  row: 'read: YAML text to decoded and checked resources',
  figures: reading,
  growth: growth((items) => {
    const text = toYaml(...workOf(items))
    return () => read(text)
  }),
  targets: [{ what: '× js-yaml 4 + ajv', reach: 1, here: times(reading, 'js-yaml') }],
})
