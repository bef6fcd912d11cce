import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { type Rollout, toManifestWorkReplicaSet } from '../../../src/fleet/ocm/replica-set.js'
import { definition, misspelt, strictErrors } from '../strict.js'

const rolling = suite('toManifestWorkReplicaSet')

const crd = definition('manifest-work-replica-set')
const policies = [globalNetworkPolicy('deny-all').denyIngress()]
const made = (rollout: Rollout | undefined) =>
  toManifestWorkReplicaSet(policies, {
    name: 'guardrails',
    calico: '3.31.6',
    carry: 'job',
    hubNamespace: 'fleet',
    placements: [{ name: 'live', ...(rollout === undefined ? {} : { rollout }) }],
  })

const refsOf = (object: KubeObject | undefined) =>
  (Object(object?.spec) as { readonly placementRefs: ReadonlyArray<object> }).placementRefs

rolling('takes each strategy of OCM, for what changes something; rights are everywhere first', () => {
  const rollouts: ReadonlyArray<Rollout> = [
    { type: 'All', maxFailures: 2, progressDeadline: '30m' },
    { type: 'Progressive', maxConcurrency: '25%', maxFailures: '5%', minSuccessTime: '10m' },
    {
      type: 'ProgressivePerGroup',
      mandatoryDecisionGroups: [{ groupName: 'canary' }],
      progressDeadline: '1h',
    },
  ]
  for (const rollout of rollouts) {
    const [rights, works] = orThrow(made(rollout))
    const { type, ...rest } = rollout
    const key = type === 'All' ? 'all' : type === 'Progressive' ? 'progressive' : 'progressivePerGroup'
    assert.equal(refsOf(rights), [{ name: 'live', rolloutStrategy: { type: 'All', all: {} } }])
    assert.equal(refsOf(works), [{ name: 'live', rolloutStrategy: { type, [key]: rest } }])
    assert.equal([...strictErrors(crd, rights), ...strictErrors(crd, works)], [])
    assert.not.equal(strictErrors(crd, misspelt(works as KubeObject, 'rolloutStrategy')), [])
  }
})

for (const [rollout, path] of [
  [{ type: 'Canary' }, 'placements,0,rollout,type'],
  [{ type: 'All', maxConcurrency: 3 }, 'placements,0,rollout,maxConcurrency'],
  [{ type: 'Progressive', maxConcurrency: '120%' }, 'placements,0,rollout,maxConcurrency'],
  [{ type: 'Progressive', minSuccessTime: 'soon' }, 'placements,0,rollout,minSuccessTime'],
] as const)
  rolling(`refuses ${JSON.stringify(rollout)}`, () => {
    const sets = made(rollout as Rollout)
    assert.equal(E.isLeft(sets) && sets.left.issues.map((issue) => `${issue.path}`), [path])
  })

rolling('needs a placement', () => {
  const none = { name: 'a', calico: '3.31.6', carry: 'job', hubNamespace: 'fleet', placements: [] } as const
  assert.ok(E.isLeft(toManifestWorkReplicaSet(policies, none)))
})

rolling.run()
