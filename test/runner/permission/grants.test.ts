import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { grantsFor } from '../../../src/runner/permission/grants.js'

const grants = suite('the rights that a pod is given')

grants('I10: rights on tiers are natively asked for staged Kubernetes policies, and pools need lists', () => {
  const batch = {
    create: [
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'StagedKubernetesNetworkPolicy',
        metadata: { name: 'k', namespace: 'shop' },
        spec: {},
      },
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'IPPool',
        metadata: { name: 'p' },
        spec: { cidr: '192.0.2.0/24' },
      },
    ],
    replace: [],
  } as never
  const rulesIn = (group: 'projectcalico.org' | 'crd.projectcalico.org') =>
    grantsFor(batch, { version: '3.32.1', group }).flatMap(({ rules }) =>
      rules.map(({ verbs, resources, resourceNames = [] }) =>
        [...verbs, ...resources, ...resourceNames].join(' '),
      ),
    )
  const native = rulesIn('projectcalico.org')
  assert.ok(native.includes('create tier.stagedkubernetesnetworkpolicies default.*'))
  assert.ok(native.includes('get tiers default'))
  assert.not(rulesIn('crd.projectcalico.org').some((rule) => rule.includes('tiers')))
  for (const rule of ['list ippools', 'list ipamblocks']) assert.ok(native.includes(rule))
})

grants.run()
