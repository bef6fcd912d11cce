/**
 * Checking alone, of decoded and valid policies: those of `work.ts`, and the same with selectors that never repeat,
 * which have to be read one by one.
 *
 *     npx tsx test/bench/check.ts [--json]
 */
import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../src/check/check.js'
import { decode, type Resource } from '../../src/model/resource.js'
import { print, race } from './measure.js'
import { policies } from './work.js'

const count = 1000
const decoded = (value: unknown): Resource => {
  const result = decode(value)
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left.issues))
  return result.right
}

const work: ReadonlyArray<Resource> = JSON.parse(JSON.stringify(policies(count))).map(decoded)

/** `round` makes the values differ from all before. */
const unlike = (round: number): ReadonlyArray<Resource> =>
  work.map((policy, i) =>
    JSON.parse(JSON.stringify(policy), (key, value: unknown) =>
      /selector/i.test(key) && typeof value === 'string' ? `${value} && x != '${round}-${i}'` : value,
    ),
  )

const rounds = 40
const different = Array.from({ length: rounds }, (_, round) => unlike(round))
let next = 0

const all = (resources: ReadonlyArray<Resource>): void => {
  for (const resource of resources) {
    if (E.isLeft(check(resource, { calico: '3.28' }))) throw new Error('refused a valid policy')
  }
}

const figures = race(
  count,
  [
    { name: 'typed-calico check', run: () => all(work) },
    { name: 'the same, no selector twice', run: () => all(different[next++ % rounds] ?? []) },
  ],
  { rounds: 30, warmup: 10 },
)
print('check alone', figures)

const [ours] = figures.map(({ perSecond }) => perSecond)
if (ours !== undefined && !process.argv.includes('--json')) console.log(`  to reach: 200,000; here: ${ours}`)
