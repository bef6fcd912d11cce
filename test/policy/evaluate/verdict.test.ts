import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, globalNetworkSet, networkPolicy, networkSet, tier } from '../../../src/index.js'
import { printVerdict } from '../../../src/policy/evaluate/print-verdict.js'
import { verdict } from '../../../src/policy/evaluate/verdict.js'
import type { Flow } from '../../../src/policy/world/flow.js'

const test = suite('verdict')

const web = { _tag: 'Workload', namespace: 'shop', labels: { role: 'web' }, ip: '10.0.0.1' } as const
const api = { _tag: 'Workload', namespace: 'shop', labels: { role: 'api' }, ip: '10.0.0.2' } as const
const other = { _tag: 'Workload', namespace: 'bank', labels: { role: 'web' }, ip: '10.0.1.1' } as const
const flow = (from: Flow['from'], to: Flow['to'], port = 8080): Flow => ({ from, to, protocol: 'TCP', port })

const apiFromWeb = networkPolicy('api-from-web', 'shop')
  .selector("role == 'api'")
  .allowIngress({
    protocol: 'TCP',
    source: { selector: "role == 'web'" },
    destination: { ports: ['8000:9000'] },
  })

test('allows what no policy applies to', () => {
  assert.is(verdict([], flow(web, api)).decision, 'allowed')
})

test('allows what a rule allows, and denies the rest at the end of the tier', () => {
  assert.is(verdict([apiFromWeb], flow(web, api)).decision, 'allowed')
  const denied = verdict([apiFromWeb], flow(web, api, 22))
  assert.is(denied.decision, 'denied')
  assert.is(printVerdict(denied), 'denied\n  ingress: the end of tier "default": Deny')
})

test('means the namespace of the policy by the selector of its rule', () => {
  assert.is(verdict([apiFromWeb], flow(other, api)).decision, 'denied')
})

test('asks policies by order, then by name', () => {
  const allow = globalNetworkPolicy('allow').order(10).allowIngress({})
  const deny = globalNetworkPolicy('deny').order(2000).denyIngress({})
  assert.is(verdict([deny, allow], flow(web, api)).decision, 'allowed')
  assert.is(verdict([deny.order(5), allow], flow(web, api)).decision, 'denied')
})

test('denies at the end of a tier whose only policy logs', () => {
  const log = globalNetworkPolicy('log').logIngress({})
  assert.is(verdict([log], flow(web, api)).decision, 'denied')
})

test('goes on to the next tier on Pass, and at the end of a tier that passes', () => {
  const first = tier('first').order(1).defaultAction('Pass')
  const quiet = globalNetworkPolicy('first.quiet').tier('first').denyIngress({ protocol: 'UDP' })
  assert.is(verdict([first, quiet, apiFromWeb], flow(web, api)).decision, 'allowed')
  const strict = tier('first').order(1)
  assert.is(verdict([strict, quiet, apiFromWeb], flow(web, api)).decision, 'denied')
})

test('finds addresses in networks and in labelled network sets', () => {
  const outside = { _tag: 'Address', ip: '192.0.2.7' } as const
  const partners = globalNetworkSet('partners').labels({ who: 'partner' }).nets('192.0.2.0/24')
  const egress = globalNetworkPolicy('out').allowEgress({ destination: { selector: "who == 'partner'" } })
  assert.is(verdict([partners, egress], flow(web, outside)).decision, 'allowed')
  assert.is(verdict([egress], flow(web, outside)).decision, 'denied')
  const metadata = globalNetworkPolicy('metadata')
    .denyEgress({ destination: { nets: ['192.0.2.0/28'] } })
    .allowEgress({})
  assert.is(verdict([metadata], flow(web, outside)).decision, 'denied')
})

test('takes a rule that names networks of IPv4 for none about IPv6', () => {
  const policy = globalNetworkPolicy('out').allowEgress({ destination: { notNets: ['10.0.0.0/8'] } })
  const both = { ...web, ips: [web.ip, '2001:db8::1'] }
  const to = (ip: string) => verdict([policy], flow(both, { _tag: 'Address', ip })).decision
  assert.equal(['192.0.2.7', '10.0.0.9', '2001:db8::7'].map(to), ['allowed', 'denied', 'denied'])
})

test('reads a namespace selector however deep it is', () => {
  const deep = `${'('.repeat(20_000)}has(x)${' || has(y))'.repeat(20_000)}`
  const policy = globalNetworkPolicy('deep').namespaceSelector(`!(${deep})`).denyIngress()
  const known = { ...api, namespaceLabels: {} }
  assert.is(verdict([policy], flow(web, known)).decision, 'denied')
})

test('finds the networks of a namespace by its name', () => {
  const partners = networkSet('partners', 'bank').nets('192.0.2.0/24')
  const egress = (name: string) =>
    globalNetworkPolicy('out').allowEgress({
      destination: { namespaceSelector: `projectcalico.org/name == '${name}'` },
    })
  const outside = { _tag: 'Address', ip: '192.0.2.7' } as const
  assert.is(verdict([partners, egress('bank')], flow(web, outside)).decision, 'allowed')
  assert.is(verdict([partners, egress('shop')], flow(web, outside)).decision, 'denied')
})

test('finds pods in labelled networks, too, by their address', () => {
  const pods = globalNetworkSet('pods').labels({ who: 'pod' }).nets('10.0.0.0/24')
  const policy = globalNetworkPolicy('no-pods')
    .denyEgress({ destination: { selector: "who == 'pod'" } })
    .allowEgress()
  assert.is(verdict([pods, policy], flow(web, api)).decision, 'denied')
  assert.is(verdict([pods, policy], flow(web, other)).decision, 'allowed')
  const { ip: _, ...somewhere } = api
  assert.is(verdict([pods, policy], flow(web, somewhere)).decision, 'unknown')
})

test('takes 8e1 for the name of a port, not for 80', () => {
  const policy = networkPolicy('api', 'shop').allowIngress({
    protocol: 'TCP',
    destination: { ports: ['8e1'] },
  })
  const named = { ...api, namedPorts: { '8e1': 8080 } }
  assert.is(verdict([policy], { ...flow(web, named), port: 8080 }).decision, 'allowed')
  assert.is(verdict([policy], { ...flow(web, named), port: 80 }).decision, 'denied')
})

test('says unknown where a service decides', () => {
  const dns = networkPolicy('dns', 'shop').allowEgress({
    destination: { services: { name: 'dns', namespace: 'kube-system' } },
  })
  assert.is(verdict([dns], flow(web, { _tag: 'Address', ip: '10.9.9.9' }, 53)).decision, 'unknown')
})

test('leaves policies for hosts out of what happens to pods', () => {
  const host = globalNetworkPolicy('host').applyOnForward().preDNAT().denyIngress({})
  assert.is(verdict([host], flow(web, api)).decision, 'allowed')
})

test.run()
