import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy } from '../../../src/build/network-policy.js'
import { defaultDeny } from '../../../src/build/recipe/default-deny.js'
import { allowDns } from '../../../src/build/recipe/dns.js'
import { blockMetadata, guardrails, protectNodes } from '../../../src/build/recipe/guardrails.js'
import { allowWithinNamespace, isolateNamespace } from '../../../src/build/recipe/within-namespace.js'
import { check } from '../../../src/check/check.js'
import type { Resource } from '../../../src/model/resource.js'
import { verdict } from '../../../src/policy/evaluate/verdict.js'
import type { Endpoint, Flow } from '../../../src/policy/world/flow.js'
import { toYaml } from '../../../src/yaml/print/print.js'
import { oracleTests } from '../../conformance/oracle.js'

const recipes = suite('recipes')

const pod = (namespace: string, labels: Readonly<Record<string, string>> = {}) =>
  ({ _tag: 'Workload', namespace, labels, ip: '10.96.0.7' }) as const
const address = (ip: string) => ({ _tag: 'Address', ip }) as const
const shop = pod('shop')
const dns = pod('kube-system', { 'k8s-app': 'kube-dns' })
const internet = address('203.0.113.9')

const decision = (
  resources: ReadonlyArray<Resource>,
  from: Endpoint,
  to: Endpoint,
  port = 443,
  protocol: Flow['protocol'] = 'TCP',
) => verdict(resources, { from, to, port, protocol }).decision

recipes('defaultDeny denies both directions, but DNS', () => {
  const policies = [defaultDeny()]
  assert.is(decision(policies, shop, internet), 'denied')
  assert.is(decision(policies, internet, shop), 'denied')
  assert.is(decision(policies, shop, pod('shop')), 'denied')
  for (const port of [53, 8053]) {
    assert.is(decision(policies, shop, dns, port, 'UDP'), 'allowed')
    assert.is(decision(policies, shop, dns, port, 'TCP'), 'allowed')
  }
  assert.is(decision(policies, shop, dns, 443), 'denied')
})

recipes('defaultDeny takes only the DNS of kube-system for DNS', () => {
  assert.is(decision([defaultDeny()], shop, pod('shop', { 'k8s-app': 'kube-dns' }), 53, 'UDP'), 'denied')
})

recipes('defaultDeny leaves the system, and what is excepted, alone', () => {
  const policies = [defaultDeny({ except: ['karydia'] })]
  for (const namespace of ['kube-system', 'calico-system', 'karydia']) {
    assert.is(decision(policies, pod(namespace), internet), 'allowed')
    assert.is(decision(policies, internet, pod(namespace)), 'allowed')
  }
})

recipes('defaultDeny denies one direction, or DNS too, when asked', () => {
  assert.is(decision([defaultDeny({ types: ['Ingress'] })], shop, internet), 'allowed')
  assert.is(decision([defaultDeny({ types: ['Ingress'] })], internet, shop), 'denied')
  assert.is(decision([defaultDeny({ dns: false })], shop, dns, 53, 'UDP'), 'denied')
})

recipes('defaultDeny goes after what others allow', () => {
  const allowed = networkPolicy('out', 'shop')
    .order(5000)
    .allowEgress({ destination: { nets: ['203.0.113.0/24'] } })
  assert.is(decision([defaultDeny(), allowed], shop, internet), 'allowed')
})

recipes('allowDns finds servers elsewhere, and by address', () => {
  const rules = allowDns({
    selector: 'app == "dns"',
    namespace: 'dns',
    ports: [5353],
    nets: ['169.254.20.10/32'],
  })
  const policies = [networkPolicy('dns', 'shop').egress(...rules)]
  assert.is(decision(policies, shop, pod('dns', { app: 'dns' }), 5353, 'UDP'), 'allowed')
  assert.is(decision(policies, shop, address('169.254.20.10'), 53, 'TCP'), 'allowed')
  assert.is(decision(policies, shop, address('169.254.20.10'), 80, 'TCP'), 'denied')
  assert.is(decision(policies, shop, dns, 53, 'UDP'), 'denied')
})

recipes('allowWithinNamespace lets in the namespace alone, and everything out', () => {
  const policies = [allowWithinNamespace('shop')]
  assert.is(decision(policies, shop, shop), 'allowed')
  assert.is(decision(policies, pod('bank'), shop), 'denied')
  assert.is(decision(policies, internet, shop), 'denied')
  assert.is(decision(policies, shop, internet), 'allowed')
  assert.is(decision(policies, shop, pod('bank')), 'allowed')
})

recipes('isolateNamespace closes both directions, but DNS', () => {
  const policies = [isolateNamespace('shop')]
  assert.is(decision(policies, shop, shop), 'allowed')
  assert.is(decision(policies, shop, internet), 'denied')
  assert.is(decision(policies, pod('bank'), shop), 'denied')
  assert.is(decision(policies, shop, dns, 53, 'UDP'), 'allowed')
  assert.is(decision([isolateNamespace('shop', { dns: false })], shop, dns, 53, 'UDP'), 'denied')
})

recipes('blockMetadata keeps pods from the metadata service, and from nothing else', () => {
  const policies = [guardrails(), blockMetadata({ except: ['cert-manager'] })]
  for (const ip of ['169.254.169.254', '100.100.100.200', 'fd00:ec2::254']) {
    const from = (namespace: string) => ({
      ...pod(namespace),
      ip: ip.includes(':') ? 'fd00::7' : '10.96.0.7',
    })
    assert.is(decision(policies, from('shop'), address(ip), 80), 'denied')
    assert.is(decision(policies, from('cert-manager'), address(ip), 80), 'allowed')
    assert.is(decision(policies, from('kube-system'), address(ip), 80), 'allowed')
  }
  assert.is(decision(policies, shop, internet), 'allowed')
  assert.is(decision(policies, internet, shop), 'allowed')
})

recipes('blockMetadata holds whatever others allow, and leaves them in force', () => {
  const open = networkPolicy('open', 'shop').order(1).allowEgress()
  const policies = [guardrails(), blockMetadata(), open, networkPolicy('closed', 'bank').types('Egress')]
  assert.is(decision(policies, shop, address('169.254.169.254'), 80), 'denied')
  assert.is(decision(policies, shop, internet), 'allowed')
  assert.is(decision(policies, pod('bank'), internet), 'denied')
})

recipes('protectNodes keeps pods from ports of the nodes', () => {
  const policies = [guardrails('walls'), protectNodes({ nets: ['10.250.0.0/16'], tier: 'walls' })]
  assert.is(decision(policies, shop, address('10.250.3.4'), 10250), 'denied')
  assert.is(decision(policies, shop, address('10.250.3.4'), 8080), 'allowed')
  assert.is(decision(policies, pod('kube-system'), address('10.250.3.4'), 10250), 'allowed')
})

const everywhere = [defaultDeny(), allowWithinNamespace('shop'), isolateNamespace('shop')]
const tiered = [guardrails(), blockMetadata(), protectNodes({ nets: ['10.250.0.0/16'] })]

for (const resource of [...everywhere, ...tiered]) {
  recipes(`${resource.metadata.name} passes the check of every Calico that has what it needs`, () => {
    const versions = tiered.some((it) => it === resource) ? ['3.29', '3.31'] : ['3.20', '3.28', '3.31']
    for (const calico of versions as ReadonlyArray<'3.28'>) {
      assert.equal(check<Resource>(resource, { calico }), E.right(resource))
    }
  })
}

const asked = await oracleTests(recipes)
asked('are what Calico 3.28 takes, where it has tiers or needs none', async (oracle) => {
  const [answer] = await oracle.ask([{ op: 'validate', doc: toYaml(...everywhere) }])
  assert.is(answer?.ok, true)
})

recipes.run()
