import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, networkPolicy, orThrow, stagedNetworkPolicy } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import type { World } from '../../../src/policy/world/world.js'

const unread = suite('kinds that could not be read')

const pod = (name: string) => ({ _tag: 'Workload', namespace: 'shop', name, labels: { app: name } }) as const
const world = (more: Partial<World>) => orThrow(compile({ pods: [pod('web'), pod('api')], ...more }))
const between = { from: 'shop/web', to: 'shop/api', protocol: 'TCP', port: 80 } as const
const outside = { ...between, from: '192.0.2.7' }
const closed = networkPolicy('closed', 'shop').denyIngress()

unread('a policy of any kind may decide over every flow, also one that is denied', () => {
  for (const kind of [
    'GlobalNetworkPolicy',
    'NetworkPolicy.networking.k8s.io',
    'AdminNetworkPolicy.policy.networking.k8s.io',
  ]) {
    const { decision, missing } = world({ resources: [closed], unread: [kind] }).verdict(between)
    assert.is(decision, 'unknown')
    assert.equal(missing, [`every ${kind} of the cluster: not all could be read`])
  }
})

unread('a staged one decides over nothing, unless it is taken as enforced', () => {
  const given = {
    pods: [pod('web'), pod('api')],
    resources: [stagedNetworkPolicy('s', 'shop')],
    unread: ['StagedNetworkPolicy'],
  }
  assert.is(orThrow(compile(given)).verdict(between).decision, 'allowed')
  assert.is(orThrow(compile(given, { staged: 'enforced' })).verdict(between).decision, 'unknown')
})

unread('sets matter where there are policies, tiers where there are policies in some', () => {
  const decided = (more: Partial<World>) => world(more).verdict(between).decision
  assert.is(decided({ unread: ['GlobalNetworkSet'] }), 'allowed')
  assert.is(decided({ unread: ['GlobalNetworkSet'], resources: [closed] }), 'unknown')
  assert.is(decided({ unread: ['Tier'], resources: [closed] }), 'denied')
  const inTier = globalNetworkPolicy('security.a').tier('security').denyIngress()
  assert.is(decided({ unread: ['Tier'], resources: [inTier] }), 'unknown')
})

unread('pods, nodes and host endpoints matter to addresses alone', () => {
  for (const kind of ['Pod', 'Node', 'HostEndpoint']) {
    const asked = world({ resources: [closed], unread: [kind] })
    assert.is(asked.verdict(between).decision, 'denied')
    assert.is(asked.verdict(outside).decision, 'unknown')
  }
})

unread('the configuration of Felix matters to tunnels and to addresses', () => {
  const asked = world({ unread: ['FelixConfiguration'] })
  assert.is(asked.verdict(between).decision, 'allowed')
  assert.is(asked.verdict({ ...between, protocol: 'UDP', port: 4789 }).decision, 'unknown')
})

unread('connectivity knows nothing either, and so does the world after a change', () => {
  const asked = world({ resources: [closed], unread: ['NetworkPolicy'] })
  const [first] = asked.connectivity().connections()
  assert.equal([first?.allowed, first?.unknown], [[], [{}]])
  const changed = orThrow(asked.with({ put: [networkPolicy('more', 'shop').allowIngress({})] }))
  assert.is(changed.verdict(between).decision, 'unknown')
})

unread.run()
