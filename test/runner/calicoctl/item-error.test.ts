import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy } from '../../../src/index.js'
import { errorsFor, errorsIn } from '../../../src/runner/calicoctl/item-error.js'

const errors = suite("calicoctl's errors")
const names = ['NetworkPolicy(shop/a)', 'NetworkPolicy(shop/b)']
const list =
  '[admission webhook "x" denied the request: no a here NetworkPolicy(shop/a) admission webhook "x" denied the request: no b here NetworkPolicy(shop/b)]'

errors('I7: are read in the words of each release, and warnings beside them are none', () => {
  const warning = 'W1129 10:00:00.000000       1 warnings.go:70] unknown field "status"\n'
  for (const words of [
    `Failed to create any 'NetworkPolicy' resources: ${list}`,
    `Hit error: ${list}`,
    `failed to create any 'NetworkPolicy' resources: ${list}`,
    `hit error: ${list}`,
    `${warning}hit error: ${list}\n${warning}`,
  ]) {
    const told = errorsFor(names, [], words)
    assert.match(told.get('NetworkPolicy(shop/a)') ?? '', 'no a here', words)
    assert.match(told.get('NetworkPolicy(shop/b)') ?? '', 'no b here', words)
  }
  assert.is(errorsFor(names, [], warning).get('NetworkPolicy(shop/a)'), 'calicoctl gave no reason')
})

errors('I7: a second attempt that finds what the first has written hides no cause of the first', () => {
  const a = networkPolicy('a', 'shop').allowIngress({})
  const batch = { create: [a], replace: [] }
  const first = {
    batch,
    texts: {
      create: `hit error: [admission webhook "x" denied the request: no a here NetworkPolicy(shop/a)]`,
    },
  }
  const second = { batch, texts: { create: 'hit error: [resource already exists: NetworkPolicy(shop/a)]' } }
  const told = errorsIn([first, second])('create', ['NetworkPolicy(shop/a)'], [])
  assert.match(told.get('NetworkPolicy(shop/a)') ?? '', 'no a here')
})

errors.run()
