import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Invalid, orThrow } from '../../../src/error.js'
import { globalNetworkSet, networkPolicy } from '../../../src/index.js'
import * as policy from '../../../src/policy/index.js'
import { knownPod } from '../known-pod.js'

/** What programs without types may give to functions that answer with no Either. */
const given = suite('what a function is given')

type Untyped = Readonly<Record<string, (...args: ReadonlyArray<unknown>) => unknown>>
const { verdict, lint, connectivity, compareConnectivity, replay, suggest, orderedTiers, focusOn } =
  policy as unknown as Untyped & Record<'verdict' | 'lint', Untyped[string]>

const flow = { from: knownPod('web'), to: knownPod('api'), protocol: 'TCP', port: 80 }
const deny = networkPolicy('api', 'shop').denyIngress()
const compiled = orThrow(policy.compile({ resources: [deny], pods: [knownPod('web')] }))
const world = compiled as unknown as Untyped
const pairs = policy.connectivity([deny], { web: knownPod('web') })

const refused: ReadonlyArray<readonly [what: string, run: () => unknown, path: ReadonlyArray<unknown>]> = [
  ['verdict(null)', () => verdict?.(null, flow), []],
  ['verdict(5)', () => verdict?.(5, flow), []],
  ['verdict(policy)', () => verdict?.(deny, flow), []],
  ['verdict([null])', () => verdict?.([null], flow), [0]],
  ['verdict([policy, 5])', () => verdict?.([deny, 5], flow), [1]],
  ['verdict([{}])', () => verdict?.([{}], flow), [0, 'kind']],
  ['verdict of a kind alone', () => verdict?.([{ kind: 'NetworkPolicy' }], flow), [0, 'apiVersion']],
  ['verdict of a policy without spec', () => verdict?.([{ ...deny, spec: undefined }], flow), [0, 'spec']],
  ['verdict of a flow that is null', () => verdict?.([], null), []],
  ['verdict of a flow without ends', () => verdict?.([], {}), ['from']],
  ['verdict of a named end', () => verdict?.([], { ...flow, to: 'shop/web' }), ['to']],
  ['verdict of a network', () => verdict?.([], { ...flow, to: { _tag: 'Network', nets: [] } }), ['to']],
  ['verdict by null', () => verdict?.([], flow, null), []],
  ['verdict by a number', () => verdict?.([], flow, { calico: 3.28 }), ['calico']],
  ['verdict by no version', () => verdict?.([], flow, { calico: 'new' }), ['calico']],
  ['lint(null)', () => lint?.(null), []],
  ['lint(policy)', () => lint?.(deny), []],
  ['lint by null', () => lint?.([], null), []],
  ['lint in a world that is null', () => lint?.([], { world: null }), ['world']],
  ['lint in pods that are 5', () => lint?.([], { world: { pods: 5 } }), ['world', 'pods']],
  ['lint of a list of rules', () => lint?.([], { only: ['rule-shadowed'] }), ['only']],
  ['connectivity(null)', () => connectivity?.(null), []],
  ['connectivity([null])', () => connectivity?.([null], {}), [0]],
  ['connectivity of no endpoints', () => connectivity?.([], null), []],
  ['connectivity of null', () => connectivity?.([], { web: null }), ['web']],
  ['connectivity of a network without nets', () => connectivity?.([], { a: { _tag: 'Network' } }), ['a']],
  ['compareConnectivity(null, null)', () => compareConnectivity?.(null, null), ['before']],
  ['compareConnectivity(pairs, 5)', () => compareConnectivity?.(pairs, 5), ['after']],
  ['compareConnectivity(pairs, [null])', () => compareConnectivity?.(pairs, [null]), ['after', 0]],
  ['compareConnectivity(pairs, {})', () => compareConnectivity?.(pairs, { classes: [] }), ['after']],
  ['focusOn(null)', () => focusOn?.(null), []],
  ['orderedTiers(null)', () => orderedTiers?.(null), []],
  ['replay(null)', () => replay?.(null, compiled), []],
  ['replay([null])', () => replay?.([null], compiled), [0]],
  ['suggest(5)', () => suggest?.(5, compiled), []],
  ['verdict of a world', () => world.verdict?.(null), []],
  ['explain of a world', () => world.explain?.(5), []],
  ['connectivity of a world', () => world.connectivity?.(null), []],
  ['connectivity of a world with a name', () => world.connectivity?.({ a: '192.0.2.1' }), ['a']],
  ['unusedRules(5)', () => world.unusedRules?.(5), []],
  ['unusedRules of a flow', () => world.unusedRules?.(flow), []],
  ['unusedRules([flow, null])', () => world.unusedRules?.([flow, null]), [1]],
  ['allows(null)', () => world.allows?.(null), []],
  ['forbids by null', () => world.forbids?.({}, null), []],
]

for (const [what, run, path] of refused)
  given(`is told to be none: ${what}`, () => {
    try {
      run()
    } catch (error) {
      const { _tag, issues } = error as Invalid
      assert.is(_tag, 'Invalid', String(error))
      assert.equal(issues[0].path, path)
      assert.ok(issues[0].message.length > 0 && (issues[0].hint?.length ?? 0) > 0, String(error))
      return
    }
    assert.unreachable('nothing was thrown')
  })

given('may have manifests of others among it, which have no spec', () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } }
  const answer = verdict?.([deny, account, globalNetworkSet('a')], flow)
  assert.is(Object(answer).decision, 'denied')
})

given('is looked at before each answer, also of a list that is asked about again and again', () => {
  const list: Array<unknown> = [deny]
  for (let i = 0; i < 20; i++) verdict?.(list, flow)
  list.push(null)
  assert.throws(() => verdict?.(list, flow), /expected a resource, got nothing/)
})

given.run()
