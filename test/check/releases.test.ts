import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromYaml } from '../../src/yaml/read/from-yaml.js'

const releases = suite('what 3.28 and 3.32 take')

/** Whether the release takes it, else the rules against it. */
const verdict = (text: string, calico: string): string => {
  const read = fromYaml(text, { calico })
  return read._tag === 'Right' ? 'takes' : read.left.issues.map(({ rule }) => rule).join()
}

const resource = (kind: string, name: string, spec: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`
const policy = (spec: string, name = 'a', kind = 'GlobalNetworkPolicy'): string => resource(kind, name, spec)
const from = (source: string): string => policy(`ingress: [{ action: Allow, source: { ${source} } }]`)
const inNamespaces = (selector: string): string => from(`namespaceSelector: "${selector}"`)
const to = (ports: string): string =>
  policy(`ingress: [{ action: Allow, destination: { ports: [${ports}] } }]`)

type Case = readonly [fact: string, text: string, in328: string, in332: string]

const both = (fact: string, text: string, verdict: string): Case => [fact, text, verdict, verdict]
const newer = (fact: string, text: string, before: string): Case => [fact, text, before, 'takes']
const older = (fact: string, text: string, after: string): Case => [fact, text, 'takes', after]

const pool6 = (more: string): string => resource('IPPool', 'a', `cidr: 'fd00::/48'${more}`)

// As calicoctl 3.28.5 and 3.32.1 were seen to do; what both of ours refuse alone is in docs/conformance.md.
const cases: ReadonlyArray<Case> = [
  older('a net of all IPv4 in notNets', from("notNets: ['0.0.0.0/0']"), 'catch-all-not-net'),
  older('a net of all IPv6 in notNets', from("notNets: ['::/0']"), 'catch-all-not-net'),
  ...['!global()', '(global())', 'has(a) && !global()', "a == 'global()'"].map((selector) =>
    older(`${selector} as a namespaceSelector`, inNamespaces(selector), 'namespace-selector-global'),
  ),
  both('global() alone', inNamespaces('global()'), 'takes'),
  both('has(a) && global()', inNamespaces('has(a) && global()'), 'namespace-selector-global'),
  // `calicoctl validate` refuses it, in 3.28's code, too: it is what writes that fills in Never before it validates.
  both('an IPv6 pool that does not speak of IPIP', pool6(''), 'takes'),
  both('an IPv6 pool with IPIP', pool6(', ipipMode: Always'), 'pool-ipip-ipv6'),
  both('an IPv6 pool without IPIP', pool6(', ipipMode: Never'), 'takes'),
  both('a key twice', policy('order: 1, order: 1'), 'duplicate-key'),
  both('a key in two cases', policy('order: 1, Order: 1'), 'unknown-key'),
  both('ipip of a pool', resource('IPPool', 'a', 'cidr: 10.0.0.0/16, ipip: { mode: Always }'), 'unknown-key'),
  both(
    'nat-outgoing of a pool',
    resource('IPPool', 'a', 'cidr: 10.0.0.0/16, nat-outgoing: true'),
    'unknown-key',
  ),
  newer('a tier in a spec', policy('tier: default'), 'newer-field'),
  ...['StagedNetworkPolicy', 'StagedGlobalNetworkPolicy', 'StagedKubernetesNetworkPolicy'].map((kind) =>
    newer(`a ${kind}`, policy('', 'a', kind), 'newer-kind'),
  ),
  ...['a.b', 'default.a', 'knp.a'].flatMap((name) => [
    newer(`a NetworkPolicy ${name}`, policy('', name, 'NetworkPolicy'), 'name-dots'),
    newer(`a GlobalNetworkPolicy ${name}`, policy('', name), 'name-dots'),
  ]),
  both('a policy a.b.c', policy('', 'a.b.c'), 'name-dots'),
  newer('named ports without a protocol', to('http, https'), 'named-ports-need-protocol'),
  both('a number among them', to('http, 80'), 'ports-need-protocol'),
  both('a net with host bits', from("nets: ['10.0.0.1/8']"), 'net-host-bits'),
  both('preDNAT without applyOnForward', policy('preDNAT: true'), 'apply-on-forward'),
]

for (const [fact, text, in328, in332] of cases) {
  releases(`${fact}: ${in328}, ${in332}`, () => {
    assert.is(verdict(text, '3.28'), in328)
    assert.is(verdict(text, '3.32'), in332)
  })
}

releases.run()
