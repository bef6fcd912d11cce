/**
 * Checking alone, of decoded and valid policies in which no selector is there twice, beside Calico's validator.
 *
 *     npx tsx test/bench/check.ts [--json | --markdown] [--quick]
 */
import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../src/check/check.js'
import { decode, type Resource } from '../../src/model/resource.js'
import { calicos } from './calico.js'
import { growth, race } from './measure.js'
import { report } from './report.js'
import { policies } from './work.js'

const count = 1000
const decoded = (value: unknown): Resource => {
  const result = decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left.issues))
  return result.right
}

let selectors = 0

const unlike = (key: string, value: unknown): unknown =>
  /selector/i.test(key) && typeof value === 'string' ? value.replace("'", () => `'${selectors++}-`) : value

/** Fresh values, as from JSON, each selector with a value that no other has. */
const workOf = (items: number): ReadonlyArray<Resource> =>
  JSON.parse(JSON.stringify(policies(items).map((policy) => JSON.parse(JSON.stringify(policy), unlike)))).map(
    decoded,
  )

const rounds = 40
const works = Array.from({ length: rounds }, () => workOf(count))
let next = 0

const all = (resources: ReadonlyArray<Resource>): void => {
  for (const resource of resources) {
    if (E.isLeft(check(resource, { calico: '3.28' }))) throw new Error('refused a valid policy')
  }
}

const [repeated = []] = works
const figures = race(
  count,
  [
    { name: 'typed-calico check, no selector twice', run: () => all(works[next++ % rounds] ?? []) },
    { name: 'the same 1,000 again and again', run: () => all(repeated) },
    calicos(
      "Calico's validator, in Go",
      'validate',
      repeated.map((policy) => ({ doc: JSON.stringify(policy) })),
    ),
  ],
  { rounds: 30, warmup: 10 },
)

report({
  row: 'check alone, no selector twice',
  figures,
  growth: growth((items) => {
    const work = workOf(items)
    return () => all(work)
  }),
  targets: [{ what: 'policies per second', reach: 200_000, here: figures[0]?.perSecond ?? Number.NaN }],
})
