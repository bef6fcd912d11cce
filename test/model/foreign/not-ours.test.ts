import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decode } from '../../../src/model/resource.js'

const others = suite('decode of what is no resource')

const said = (value: unknown): string => {
  const decoded = decode(value)
  if (E.isRight(decoded)) return 'nothing'
  return decoded.left.issues.map(({ rule, hint }) => `${rule}: ${hint ?? ''}`).join('; ')
}

others('sends the storage form to fromStorage', () => {
  const stored = {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default.a' },
  }
  assert.match(said(stored), /^storage-form: read it with fromStorage/)
})

others("sends Kubernetes' own NetworkPolicy to fromKubernetes", () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
    spec: {},
  }
  assert.match(said(policy), /^kubernetes-policy: convert it with fromKubernetes/)
})

others("sends the items of a list of Kubernetes' own to fromKubernetes", () => {
  const list = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList', items: [] }
  assert.match(said(list), /^kubernetes-policy: convert its items with fromKubernetes/)
})

others('says what to do with lists', () => {
  assert.match(
    said({ apiVersion: 'v1', kind: 'List', items: [] }),
    /^kubernetes-list: make each item a document/,
  )
  const list = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicyList', items: [] }
  assert.match(said(list), /^resource-list: decode its items/)
  assert.match(said([]), /^wrong-type: decode its items/)
})

others('says that a kind is read-only', () => {
  const kind = 'ClusterInformation'
  assert.match(
    said({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name: 'default' } }),
    /^read-only-kind/,
  )
})

others('says what another version of the API should be', () => {
  const old = { apiVersion: 'projectcalico.org/v1', kind: 'NetworkPolicy', metadata: { name: 'a' } }
  assert.match(said(old), /^unknown-value: did you mean "projectcalico.org\/v3"/)
})

others('lists the kinds to who names none', () => {
  assert.match(said({}), /^missing-key: the kinds are: NetworkPolicy, /)
  assert.match(said({ kind: 'Deployment' }), /^unknown-kind: the kinds are: /)
  for (const value of [null, undefined, 1, 'x', Symbol('x'), () => 1])
    assert.match(said(value), /^wrong-type/)
})

others('goes by the API version first: a kind of another API is no misspelt kind of ours', () => {
  const of = (apiVersion: string, kind: string) => said({ apiVersion, kind, metadata: { name: 'a' } })
  assert.match(
    of('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'),
    /^kubernetes-policy: let kubectl/,
  )
  assert.match(of('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'), /^kubernetes-policy: /)
  assert.match(of('networking.gke.io/v1', 'GlobalNetworkPolicies'), /^unknown-kind: apply it with kubectl/)
  assert.match(of('cilium.io/v2', 'NetworkPolicy'), /^unknown-kind: apply it with kubectl/)
  assert.match(of('projectcalico.org/v3', 'GlobalNetworkPolicies'), /did you mean "GlobalNetworkPolicy"/)
})

others('names kinds and fields of Calico Enterprise as such', () => {
  const of = (kind: string, spec: object) =>
    said({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name: 'a' }, spec })
  assert.match(of('GlobalThreatFeed', {}), /^enterprise-kind: /)
  const product = /^unknown-key: remove it, or apply the resource with the calicoctl of that product$/
  assert.match(
    of('GlobalNetworkPolicy', { egress: [{ action: 'Allow', destination: { domains: ['a.b'] } }] }),
    product,
  )
  assert.match(of('NetworkSet', { allowedEgressDomains: ['a.b'] }), product)
  assert.match(of('GlobalNetworkSet', { allowedEgressDomains: ['a.b'] }), product)
  assert.match(of('FelixConfiguration', { dnsTrustedServers: ['10.0.0.1'] }), product)
  assert.match(of('NetworkSet', { net: ['10.0.0.0/8'] }), /^unknown-key: did you mean "nets"/)
})

others.run()
