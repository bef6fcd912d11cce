import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Issue, orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import type { CompileOptions, World } from '../../../src/policy/world/world.js'

/** What programs without types may give. */
const given = suite('what a world is compiled of')

const issueOf = (world: unknown, options?: unknown): Issue | undefined => {
  const compiled = compile(world as World, options as CompileOptions)
  return compiled._tag === 'Left' ? compiled.left.issues[0] : undefined
}

for (const [what, world, message, hint] of [
  ['null', null, 'expected a world, got nothing', /resources/],
  ['a number', 5, 'expected a world, got 5', /resources/],
  ['a list of policies', [networkPolicy('a', 'shop')], 'expected a world, got a list', /resources/],
  [
    'a list that there is not',
    { resource: [] },
    'a world has no field "resource"',
    /did you mean "resources"/,
  ],
  ['one policy for a list', { resources: networkPolicy('a', 'shop') }, /^expected a list/, /a list of one/],
  ['a number for a list', { pods: 5 }, 'expected a list of manifests, or their text, got 5', undefined],
] as const)
  given(`is not ${what}`, () => {
    const issue = issueOf(world)
    assert.match(issue?.message ?? '', message)
    if (hint !== undefined) assert.match(issue?.hint ?? '', hint)
  })

for (const [what, options, hint] of [
  ['an option that there is not', { calicoo: '3.28' }, 'did you mean "calico"?'],
  ['another word', { staged: 'enforce' }, 'did you mean "enforced"?'],
  ['a number for a version', { calico: 3.28 }, 'put it in quotes'],
] as const)
  given(`is not compiled with ${what}`, () => assert.is(issueOf({}, options)?.hint, hint))

given('may have lists that are null, as JSON has them', () => {
  orThrow(compile({ resources: null, pods: [] } as unknown as World))
})

given.run()
