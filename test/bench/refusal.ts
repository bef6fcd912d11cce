/**
 * Refusing what is hopeless: a file of unknown keys, and a log of calicoctl with an error for each resource.
 *
 *     npx tsx test/bench/refusal.ts [--json | --markdown] [--quick]
 */
import * as E from 'fp-ts/lib/Either.js'
import { splitErrors } from '../../src/runner/calicoctl/item-error.js'
import { fromYaml } from '../../src/yaml/read/from-yaml.js'
import { growth, race } from './measure.js'
import { report } from './report.js'

const count = 1_000

const many = (items: number, one: (index: number) => string, between: string): string =>
  Array.from({ length: items }, (_, index) => one(index)).join(between)

const fileOf = (keys: number): string =>
  [
    'apiVersion: projectcalico.org/v3',
    'kind: FelixConfiguration',
    'metadata: {name: default}',
    'spec:',
    many(keys, (index) => `  key${index}: ${index}`, '\n'),
  ].join('\n')

const refuse = (text: string): void => {
  if (E.isRight(fromYaml(text))) throw new Error('took unknown keys')
}

const logOf = (errors: number): string => {
  const one = (index: number): string => `resource already exists: NetworkPolicy(shop/web-${index})`
  return `Failed to create any resources: [${many(errors, one, ' ')}]`
}

const split = (text: string, errors: number): void => {
  if (splitErrors(text).length !== errors) throw new Error('lost an error')
}

const [file, log] = [fileOf(count), logOf(count)]

report({
  row: 'a file of 1,000 unknown keys, refused',
  figures: race(count, [{ name: 'keys', run: () => refuse(file) }], { rounds: 5, warmup: 2 }),
  growth: growth((items) => {
    const text = fileOf(items)
    return () => refuse(text)
  }),
  targets: [],
})

report({
  row: "a log of 1,000 of calicoctl's errors, split",
  figures: race(count, [{ name: 'errors', run: () => split(log, count) }]),
  growth: growth((items) => {
    const text = logOf(items)
    return () => split(text, items)
  }),
  targets: [],
})
