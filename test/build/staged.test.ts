import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, stagedGlobalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { networkPolicy, stagedNetworkPolicy } from '../../src/build/network-policy.js'
import { stagedKubernetesNetworkPolicy } from '../../src/build/staged-kubernetes-network-policy.js'

const staged = suite('a staged policy')

const policy = networkPolicy('api', 'shop').tier('guardrails').order(5).labels({ a: 'b' }).denyIngress()
const global = globalNetworkPolicy('api').order(5).applyOnForward().denyEgress()

staged('has all of the policy that it is a trial of, and says what is tried', () => {
  const trial = policy.stage()
  assert.is(trial.kind, 'StagedNetworkPolicy')
  assert.equal(trial.metadata, policy.metadata)
  assert.equal(trial.spec, { ...policy.spec, stagedAction: 'Set' })
  assert.is(global.stage().kind, 'StagedGlobalNetworkPolicy')
  assert.equal(global.stage('Learn').spec, { ...global.spec, stagedAction: 'Learn' })
})

staged('becomes the policy again', () => {
  assert.equal(policy.stage().enforce(), policy)
  assert.equal(global.stage('Learn').enforce(), global)
  assert.equal(policy.enforce(), policy)
})

staged('is staged once', () => {
  assert.equal(policy.stage('Set').stage('Ignore'), policy.stage('Ignore'))
})

staged('says nothing but its tier where its absence is tried', () => {
  assert.equal(policy.stage('Delete').spec, { tier: 'guardrails', stagedAction: 'Delete' })
  assert.equal(global.stage('Delete').spec, { stagedAction: 'Delete' })
})

staged('is built like the policy', () => {
  const trial = stagedNetworkPolicy('api', 'shop')
    .tier('guardrails')
    .order(5)
    .labels({ a: 'b' })
    .denyIngress()
  assert.equal(trial.spec, policy.stage().spec)
  assert.equal(trial.enforce(), policy)
  const globalTrial = stagedGlobalNetworkPolicy('api').order(5).applyOnForward().denyEgress()
  assert.equal(globalTrial.spec, global.stage().spec)
})

const kubernetes = suite('a staged policy of Kubernetes')
const trial = stagedKubernetesNetworkPolicy('api', 'shop')

kubernetes('applies to all pods of the namespace at first, and to incoming traffic', () => {
  assert.equal(trial.spec, { stagedAction: 'Set', podSelector: {}, policyTypes: ['Ingress'] })
})

kubernetes('sets each field by the method of its name', () => {
  const podSelector = { matchLabels: { role: 'api' } }
  const from = [{ podSelector: { matchLabels: { role: 'web' } } }]
  const to = [{ ipBlock: { cidr: '10.0.0.0/8' } }]
  const built = trial.podSelector(podSelector).ingress({ from }, {}).egress({ to })
  assert.equal(built.spec, {
    stagedAction: 'Set',
    podSelector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from }, {}],
    egress: [{ to }],
  })
})

kubernetes('takes the types that Kubernetes would, until they are given', () => {
  assert.equal(trial.egress({}).spec.policyTypes, ['Ingress', 'Egress'])
  assert.equal(trial.policyTypes('Egress').ingress({}).egress({}).spec.policyTypes, ['Egress'])
})

kubernetes('says nothing where its absence is tried', () => {
  assert.equal(trial.ingress({}).stage('Delete').spec, { stagedAction: 'Delete' })
  assert.is(trial.stage('Learn').spec.stagedAction, 'Learn')
})

staged.run()
kubernetes.run()
