import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Issue, orThrow } from '../../../src/error.js'
import { globalNetworkSet, networkPolicy, stagedNetworkPolicy, tier } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import type { CompiledWorld } from '../../../src/policy/compiled-world.js'
import type { WorldChange } from '../../../src/policy/world/world.js'

const removal = suite('what a change takes away')

const manifest = (kind: string, name: string, namespace?: string) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
})
const deployment = { ...manifest('Deployment', 'db', 'shop'), apiVersion: 'apps/v1', spec: {} }

const world = orThrow(
  compile({
    resources: [
      networkPolicy('api', 'shop').denyIngress(),
      stagedNetworkPolicy('next', 'shop').denyIngress(),
      tier('ops'),
      globalNetworkSet('nets').nets('192.0.2.0/24'),
      manifest('ConfigMap', 'colours', 'shop'),
      manifest('Namespace', 'shop'),
      manifest('ServiceAccount', 'web', 'shop'),
      manifest('Node', 'n1'),
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'web-1', namespace: 'shop' },
      },
      deployment,
    ],
    pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }],
  }),
)

const issueOf = (change: unknown, of: CompiledWorld = world): Issue | undefined => {
  const changed = of.with(change as WorldChange)
  return changed._tag === 'Left' ? changed.left.issues[0] : undefined
}

for (const name of [
  'NetworkPolicy(shop/api)',
  'Tier(ops)',
  'GlobalNetworkSet(nets)',
  'Namespace(shop)',
  'ServiceAccount(shop/web)',
  'Node(n1)',
  'EndpointSlice(shop/web-1)',
  'Pod(shop/web)',
  'Pod(shop/db)',
])
  removal(`may be ${name}, once`, () => {
    const changed = orThrow(world.with({ remove: [name] }))
    assert.is(issueOf({ remove: [name] }, changed)?.message, `the world has no ${name}`)
  })

for (const [text, hint] of [
  ['nope', 'write it as NetworkPolicy(shop/api)'],
  ['shop/api', 'did you mean NetworkPolicy(shop/api)?'],
  ['shop/web', 'did you mean Pod(shop/web)?'],
  ['NetworkPolicy(shop/apo)', 'did you mean NetworkPolicy(shop/api)?'],
  ['NetworkPolicy(bank/ledger)', 'write it as NetworkPolicy(shop/api)'],
  ['NetwrkPolicy(shop/api)', 'did you mean NetworkPolicy(shop/api)?'],
  ['Deployment(shop/db)', 'did you mean Pod(shop/db)?'],
  ['Node(n2)', 'did you mean Node(n1)?'],
  ['', 'write it as NetworkPolicy(shop/api)'],
] as const)
  removal(`is not ${JSON.stringify(text)}`, () => {
    const { rule, path, hint: told } = issueOf({ remove: [text] }) ?? {}
    assert.equal([rule, path, told], ['no-such-resource', ['remove'], hint])
  })

removal('may be what has no say: nobody has looked whether it was there', () => {
  for (const name of [
    'ConfigMap(shop/colours)',
    'Service(shop/web)',
    'StagedNetworkPolicy(shop/next)',
    'Role(shop/web)',
  ])
    assert.is(issueOf({ remove: [name] }), undefined, name)
  const staged = orThrow(
    compile({ resources: [stagedNetworkPolicy('next', 'shop')] }, { staged: 'enforced' }),
  )
  assert.is(issueOf({ remove: ['StagedNetworkPolicy(shop/next)'] }, staged), undefined)
  assert.is(
    issueOf({ remove: ['StagedNetworkPolicy(shop/nex)'] }, staged)?.hint,
    'did you mean StagedNetworkPolicy(shop/next)?',
  )
})

removal('may be of a kind that could not be read', () => {
  const blind = orThrow(compile({ unread: ['GlobalNetworkPolicy'] }))
  assert.is(issueOf({ remove: ['GlobalNetworkPolicy(a)'] }, blind), undefined)
  assert.is(issueOf({ remove: ['NetworkPolicy(shop/a)'] }, blind)?.rule, 'no-such-resource')
})

for (const [what, change, message] of [
  ['nothing', undefined, 'expected a change, got nothing'],
  ['one name', { remove: 'NetworkPolicy(shop/api)' }, /^expected a list/],
  ['a misspelt key', { remov: [] }, 'a change has no field "remov"'],
  ['something for a list of manifests', { put: 5 }, /^expected a list of manifests/],
] as const)
  removal(`is no change: ${what}`, () => assert.match(issueOf(change)?.message ?? '', message))

removal.run()
