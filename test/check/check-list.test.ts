import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkEach, checkList, duplicates } from '../../src/check/check-list.js'
import type { Resource } from '../../src/model/resource.js'
import { named, networkPolicy } from './cases/case.js'

const lists = suite('checkList')

const told = (
  result: E.Either<{ readonly issues: ReadonlyArray<{ rule: string; resource?: string }> }, unknown>,
) => (E.isLeft(result) ? result.left.issues.map(({ rule, resource }) => `${resource}: ${rule}`) : [])

lists('tells the issues of every value, and whose they are', () => {
  const shapeless = { ...named('b'), spec: { order: 'first' } }
  const wrong = networkPolicy({ selector: "role = 'web'" })
  assert.equal(told(checkList([shapeless, wrong, named('c'), null])), [
    'NetworkPolicy(shop/b): wrong-type',
    'NetworkPolicy(shop/a): selector-operator',
    'resource 4: wrong-type',
  ])
})

lists('refuses one resource in two spellings of its namespace', () => {
  const bare = { ...named('a'), metadata: { name: 'a' } }
  const spelt = { ...named('a'), metadata: { name: 'a', namespace: 'default' } }
  assert.equal(told(checkList([bare, named('b'), spelt])), ['NetworkPolicy(default/a): duplicate-resource'])
})

lists('says where a resource was before', () => {
  const all = [named('a'), named('b'), named('a'), named('a')] as ReadonlyArray<Resource>
  assert.equal(
    duplicates(all).map(({ index, first }) => [index, first]),
    [
      [2, 0],
      [3, 0],
    ],
  )
})

lists('refuses for any Calico only what the oldest and the newest refuse', () => {
  const tier = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'a' }, spec: {} }
  assert.equal(told(checkList([tier], { calico: '3.28' })), ['Tier(a): newer-kind'])
  assert.equal(told(checkList([tier], { calico: 'any' })), [])
  const long = networkPolicy({ selector: `a in {${"'value', ".repeat(200)}'b'}` })
  assert.equal(told(checkList([long])), ['NetworkPolicy(shop/a): selector-too-long'])
  assert.equal(told(checkList([long], { calico: 'any' })), [])
  const wrong = networkPolicy({ selector: "role = 'web'" })
  assert.equal(told(checkList([wrong], { calico: 'any' })), ['NetworkPolicy(shop/a): selector-operator'])
})

lists('checks what was decoded before, for another version', () => {
  const tier = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'a' }, spec: {} }
  const read = checkList([tier], { calico: 'any' })
  assert.ok(E.isRight(read))
  assert.equal(told(E.chain((it: ReadonlyArray<Resource>) => checkEach(it, { calico: '3.28' }))(read)), [
    'Tier(a): newer-kind',
  ])
})

lists.run()
