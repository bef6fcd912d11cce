import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  all,
  type CheckRule,
  type Constraint,
  compile,
  each,
  fields,
  given,
  none,
  otherwise,
  rule,
} from '../../../src/check/engine/constraint.js'
import { printPath } from '../../../src/error.js'
import { release } from '../../../src/model/calico-version.js'
import { context } from '../context.js'

interface Tree {
  readonly name?: string
  readonly children?: ReadonlyArray<Tree>
}

const info = (more: Partial<CheckRule> = {}): CheckRule => ({
  name: 'odd',
  what: 'A name is odd.',
  remedy: 'even it',
  source: 'here',
  ...more,
})

const odd = (more: Partial<CheckRule> = {}): Constraint<string> =>
  rule(info(more), (name) => (name.length % 2 === 0 ? none : [{ message: `${name} is odd` }]))

const constraints = suite('constraint')

const places = (
  constraint: Constraint<Tree>,
  value: Tree,
  version: `3.${number}` = '3.28',
): ReadonlyArray<string> =>
  (compile(constraint, release(version))?.(value, context) ?? []).map(
    (issue) => `${printPath(issue.path)}: ${issue.message}`,
  )

constraints('gives each issue its path from the root', () => {
  const leaf = fields<Tree>({ name: odd() })
  const tree = all(leaf, fields<Tree>({ children: each(all(leaf, fields<Tree>({ children: each(leaf) }))) }))
  const value = { name: 'a', children: [{ name: 'bb' }, { name: 'c', children: [{ name: 'ddd' }] }] }
  assert.equal(places(tree, value), [
    'name: a is odd',
    'children[1].name: c is odd',
    'children[1].children[0].name: ddd is odd',
  ])
})

constraints('gives an issue the rule, the remedy and the source', () => {
  const find = compile(odd(), release('3.28'))
  assert.equal(find?.('a', context), [
    { rule: 'odd', path: [], message: 'a is odd', hint: 'even it', source: 'here' },
  ])
})

constraints('asks a rule only in the releases that have it', () => {
  const since = fields<Tree>({ name: odd({ since: '3.31', backports: ['3.29.6', '3.30.3'] }) })
  const until = fields<Tree>({ name: odd({ until: '3.32' }) })
  const asked = (constraint: Constraint<Tree>, version: `3.${number}`) =>
    places(constraint, { name: 'a' }, version).length
  const versions = ['3.28.9', '3.29.5', '3.29.6', '3.30.2', '3.30.3', '3.31.0', '3.32.0'] as const
  assert.equal(
    versions.map((version) => asked(since, version)),
    [0, 0, 1, 0, 1, 1, 1],
  )
  assert.equal(
    versions.map((version) => asked(until, version)),
    [1, 1, 1, 1, 1, 1, 0],
  )
})

constraints('compiles to nothing where no rule is left', () => {
  const later = fields<Tree>({ name: odd({ since: '3.32' }), children: each(all()) })
  assert.is(compile(later, release('3.28')), undefined)
  assert.is(compile(all<Tree>(), release('3.28')), undefined)
})

constraints('looks at what is given only', () => {
  const tree = all(
    given<Tree>('children', fields<Tree>({ name: odd() })),
    fields<Tree>({ name: otherwise((name) => name === 'x', odd()) }),
  )
  assert.equal(places(tree, {}), [])
  assert.equal(places(tree, { name: 'x' }), [])
  assert.equal(places(tree, { name: 'x', children: [] }), ['name: x is odd'])
})

constraints('lists its rules', () => {
  const names = all(odd(), odd({ name: 'other' })).rules.map((one) => one.name)
  assert.equal(names, ['odd', 'other'])
})

constraints.run()
