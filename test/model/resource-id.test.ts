import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isEnforced, isKindIn, tieredKinds } from '../../src/model/kind.js'
import type { NetworkPolicy } from '../../src/model/policy/network-policy.js'
import type { Tier } from '../../src/model/policy/tier.js'
import { nameOf, namespaceOf, printResource, printUnread } from '../../src/model/resource-id.js'

const id = suite('resource ids')

const policy: NetworkPolicy = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name: 'web' },
  spec: {},
}
const tier: Tier = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'ops' }, spec: {} }

id('put a resource without a namespace into default, if it is in any', () => {
  assert.is(namespaceOf(policy), 'default')
  assert.is(namespaceOf(tier), undefined)
  assert.is(nameOf(policy), 'NetworkPolicy(default/web)')
  assert.is(nameOf(tier), 'Tier(ops)')
})

id('of a text are as the text has them', () => {
  assert.is(printResource(policy), 'NetworkPolicy(web)')
  assert.is(printUnread({ kind: 'Odd', metadata: { name: 'a', namespace: 'shop' } }), 'Odd(shop/a)')
  assert.is(printUnread({ kind: 'Odd', metadata: {} }), undefined)
  assert.is(printUnread('text'), undefined)
})

id('tell the policies of a tier, and those of them that are enforced', () => {
  assert.equal(tieredKinds, [
    'NetworkPolicy',
    'GlobalNetworkPolicy',
    'StagedNetworkPolicy',
    'StagedGlobalNetworkPolicy',
  ])
  assert.equal(tieredKinds.filter(isEnforced), ['NetworkPolicy', 'GlobalNetworkPolicy'])
  assert.not(isEnforced('StagedKubernetesNetworkPolicy'))
})

id('tell the releases that have a kind', () => {
  assert.not(isKindIn('Tier', '3.28.5'))
  assert.ok(isKindIn('Tier', '3.29.0'))
  assert.ok(isKindIn('NetworkPolicy', '3.20'))
})

id.run()
