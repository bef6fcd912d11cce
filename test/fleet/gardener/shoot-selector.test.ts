import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printPath } from '../../../src/error.js'
import { contradictions, printLabelSelector } from '../../../src/fleet/gardener/label-requirements.js'
import { decodeShootSelector } from '../../../src/fleet/gardener/shoot-selector.js'

const selecting = suite('selectors of Shoots')

const faultsOf = (selector: unknown): ReadonlyArray<string> => {
  const decoded = decodeShootSelector(selector)
  return E.isRight(decoded)
    ? []
    : decoded.left.issues.map(({ rule, path }) => `${rule} ${printPath(path.slice(1))}`)
}

selecting('takes what Kubernetes takes, and says it in the syntax of lists', () => {
  const selector = {
    matchLabels: { environment: 'live' },
    matchExpressions: [
      { key: 'example.com/region', operator: 'In', values: ['eu', 'us'] },
      { key: 'tier', operator: 'NotIn', values: ['lab', ''] },
      { key: 'exempt', operator: 'DoesNotExist' },
      { key: 'team', operator: 'Exists' },
    ],
  }
  assert.equal(faultsOf(selector), [])
  const text = 'environment in (live),example.com/region in (eu,us),tier notin (lab,),!exempt,team'
  assert.is(printLabelSelector(selector), text)
})

for (const [selector, fault] of [
  [{ matchLabel: { a: 'b' } }, 'unknown-key matchLabel'],
  ['environment=live', 'wrong-type '],
  [{}, 'label-selector '],
  [{ matchLabels: {} }, 'label-selector '],
  [{ matchLabels: { 'a b': 'c' } }, 'label-selector matchLabels["a b"]'],
  [{ matchLabels: { 'Example.com/a': 'c' } }, 'label-selector matchLabels["Example.com/a"]'],
  [{ matchLabels: { a: 'no spaces' } }, 'label-selector matchLabels.a'],
  [{ matchLabels: { a: 'x'.repeat(64) } }, 'label-selector matchLabels.a'],
  [{ matchLabels: { a: 1 } }, 'wrong-type matchLabels.a'],
  [
    { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] },
    'label-selector matchExpressions[0].operator',
  ],
  [{ matchExpressions: [{ key: 'a', operator: 'In' }] }, 'label-selector matchExpressions[0].values'],
  [
    { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] },
    'label-selector matchExpressions[0].values',
  ],
  [
    { matchExpressions: [{ key: 'a', operator: 'In', values: ['b', '-'] }] },
    'label-selector matchExpressions[0].values[1]',
  ],
  [
    { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] },
    'selects-nothing ',
  ],
  [
    {
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['b'] },
        { key: 'a', operator: 'DoesNotExist' },
      ],
    },
    'selects-nothing ',
  ],
] as const)
  selecting(`refuses ${JSON.stringify(selector)}`, () => {
    assert.equal(faultsOf(selector), [fault])
  })

selecting('an absent label is not among values: NotIn and DoesNotExist go together', () => {
  const matchExpressions = [
    { key: 'a', operator: 'NotIn', values: ['b'] },
    { key: 'a', operator: 'DoesNotExist' },
  ]
  assert.equal(contradictions({ matchExpressions }), [])
})

selecting('two selectors that differ in one value have nothing in common', () => {
  const [old, young] = [{ matchLabels: { calico: '3.31' } }, { matchLabels: { calico: '3.32' } }]
  assert.equal(contradictions(old, young), ['calico'])
  assert.equal(contradictions(old, { matchLabels: { team: 'core' } }), [])
})

selecting.run()
