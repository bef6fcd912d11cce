import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, complaints } from './compile.js'

const messages = suite('what the compiler says')

const start = `
import { egress, eq, globalNetworkPolicy, ingress, isIn, label, networkPolicy } from 'typed-calico'
import { resource } from '../../src/build/resource.js'
const np = networkPolicy('api', 'shop')
const gnp = globalNetworkPolicy('api')
const role = label<'web' | 'api'>('role')
export const used = { egress, eq, ingress, isIn, np, gnp, role, resource }
`

/** A call that does not compile, the part of it that an editor underlines, and what the message says. */
const cases: ReadonlyArray<readonly [call: string, about: string, says: RegExp]> = [
  ['np.allowIngress({ destination: { ports: [80] } })', 'ports', /ports need protocol TCP, UDP or SCTP/],
  ["egress.deny({ protocol: 'ICMP', source: { notPorts: [80] } })", 'notPorts', /ports need protocol/],
  ["np.allowIngress({ protocol: 'TCP', icmp: { type: 8 } })", 'icmp', /icmp and notICMP need protocol ICMP/],
  ["ingress.deny({ protocol: 'ICMP', icmp: { code: 0 } })", 'icmp', /'type' is missing/],
  ["ingress.deny({ protocol: 'ICMP', ipVersion: 6 })", 'ipVersion', /'6'.*'4'/],
  ["np.allowEgress({ protocol: 'TCP', http: {} })", 'http', /http needs an ingress rule that allows/],
  ["np.allowIngress({ protocol: 'UDP', http: {} })", 'http', /http needs .* of protocol TCP or none/],
  ['np.denyIngress({ http: {} })', 'http', /http needs an ingress rule that allows/],
  [
    "ingress.allow({ source: { services: { name: 'a' }, selector: 'all()' } })",
    'selector',
    /services exclude nets, selectors/,
  ],
  [
    "egress.allow({ destination: { services: { name: 'a' }, nets: ['10.0.0.0/8'] } })",
    'nets',
    /services exclude nets/,
  ],
  [
    "egress.allow({ destination: { services: { name: 'a' }, serviceAccounts: {} } })",
    'serviceAccounts',
    /services exclude .*service accounts/,
  ],
  ["egress.allow({ source: { services: { name: 'a' } } })", 'services', /services go into an ingress source/],
  ["np.denyIngress({ destination: { services: { name: 'a' } } })", 'services', /or an egress destination/],
  [
    "egress.allow({ protocol: 'TCP', destination: { services: { name: 'a' }, ports: [80] } })",
    'ports',
    /a service in a destination brings its own ports/,
  ],
  [
    'np.ingress(egress.allow())',
    'egress.allow()',
    /'EgressRule'.*'IngressRule'.*\[direction\].*'"Egress"'.*'"Ingress"'/s,
  ],
  ['gnp.egress(ingress.allow())', 'ingress.allow()', /'IngressRule'.*'EgressRule'/s],
  [
    'gnp.applyOnForward().doNotTrack().preDNAT()',
    'gnp.applyOnForward().doNotTrack()',
    /preDNAT\(\) .* excludes doNotTrack\(\)/,
  ],
  [
    'gnp.applyOnForward().preDNAT().doNotTrack()',
    'gnp.applyOnForward().preDNAT()',
    /doNotTrack\(\) .* excludes preDNAT\(\)/,
  ],
  ['gnp.doNotTrack()', 'gnp', /doNotTrack\(\) needs applyOnForward\(\) before it/],
  ['gnp.preDNAT()', 'gnp', /preDNAT\(\) needs applyOnForward\(\) before it/],
  [
    'gnp.applyOnForward().preDNAT().allowEgress()',
    'gnp.applyOnForward().preDNAT()',
    /preDNAT\(\) excludes egress rules/,
  ],
  [
    'gnp.allowEgress().applyOnForward().preDNAT()',
    'gnp.allowEgress().applyOnForward()',
    /preDNAT\(\) .* excludes .*egress rules/,
  ],
  [
    "gnp.applyOnForward().preDNAT().types('Egress')",
    'gnp.applyOnForward().preDNAT()',
    /preDNAT\(\) excludes .*type Egress/,
  ],
  ["globalNetworkPolicy('api', 'shop')", "'shop'", /Expected 1 arguments, but got 2/],
  ["networkPolicy('api')", 'networkPolicy', /Expected 2 arguments, but got 1/],
  ["np.allowIngress({ protocl: 'TCP' })", 'protocl', /Did you mean to write 'protocol'/],
  ['np.allowEgress({ sorce: {} })', 'sorce', /Did you mean to write 'source'/],
  ["ingress.allow({ source: { selecter: 'all()' } })", 'selecter', /Did you mean to write 'selector'/],
  [
    "ingress.allow({ protocol: 'TCP', destination: { port: [80] } })",
    'port',
    /Did you mean to write 'ports'/,
  ],
  [
    "ingress.allow({ source: { serviceAccounts: { name: ['a'] } } })",
    'name',
    /Did you mean to write 'names'/,
  ],
  ["egress.allow({ destination: { services: { nam: 'a' } } })", 'nam', /Did you mean to write 'name'/],
  ["ingress.allow({ http: { metods: ['GET'] } })", 'metods', /Did you mean to write 'methods'/],
  ["ingress.allow({ protocol: 'ICMP', icmp: { type: 8, cod: 0 } })", 'cod', /Did you mean to write 'code'/],
  ['np.alowIngress()', 'alowIngress', /Did you mean 'allowIngress'/],
  ["np.types('Ingres')", "'Ingres'", /"Ingres".*PolicyType/],
  ["ingress.allow({ protocol: 'tcp' })", 'protocol', /Did you mean '"TCP"'/],
  [
    "ingress.allow({ protocol: 'TCP', destination: { ports: 80 } })",
    'ports',
    /'number'.*'readonly Port\[\]'/,
  ],
  ["np.selector(eq(role, 'wbe'))", "'wbe'", /"wbe".*"web"/],
  ['np.selector(isIn(role, []))', '[]', /NonEmptyArray/],
  [
    "resource('IPPool', 'pods', { cidr: '10.0.0.0/8', blocksize: 26 })",
    'blocksize',
    /Did you mean to write 'blockSize'/,
  ],
]

const file = (index: number): string => `case-${index}.ts`
const texts = {
  'start.ts': start,
  ...Object.fromEntries(cases.map(([call], index) => [file(index), `${start}\n${call}\n`])),
}

// Most users have it off.
for (const exactOptionalPropertyTypes of [true, false]) {
  const program = compile(texts, { exactOptionalPropertyTypes })
  const where = exactOptionalPropertyTypes ? '' : ', without exactOptionalPropertyTypes'

  messages(`is nothing about what is right${where}`, () => {
    assert.equal(complaints(program, 'start.ts'), [])
  })

  cases.forEach(([call, about, says], index) => {
    messages(`names what is wrong in ${call}${where}`, () => {
      const [complaint, ...others] = complaints(program, file(index))
      assert.is(others.length, 0)
      assert.is(complaint?.about, about)
      assert.match(complaint?.message ?? '', says)
    })
  })
}

messages.run()
