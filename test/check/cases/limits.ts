import { type Case, egress, globalPolicy, ingress, networkPolicy, of } from './case.js'

const many = <A>(count: number, item: (index: number) => A): ReadonlyArray<A> =>
  Array.from({ length: count }, (_, index) => item(index))
const selectorOf = (length: number): string => `a == '${'x'.repeat(length - 7)}'`
const netsOf = (count: number) => many(count, (i) => `10.${i >> 8}.${i & 255}.0/24`)
const portsOf = (count: number) => many(count, (i) => i + 1)
const tcp = (destination: object): object => ingress({ protocol: 'TCP', destination })
const service = (services: object): object =>
  ingress({ source: { services: { name: 'a', namespace: 'shop', ...services } } })

const pool = (spec: object): object => of('IPPool')({ cidr: '10.0.0.0/16', ...spec })
const peer = (spec: object): object => of('BGPPeer')({ peerIP: '10.0.0.1', asNumber: 64512, ...spec })
const bgp = (spec: object): object => of('BGPConfiguration')(spec, { name: 'default' })
const used = [{ cidr: '10.0.0.0/16', communities: ['64512:1'] }]
const communities = (count: number) => many(count, (i) => ({ name: `c${i}`, value: `64512:${i}` }))

/** What 3.33 limits, with the most that it takes: one more is refused from then on, and no release before. */
const limits: ReadonlyArray<readonly [rule: string, of: string, most: number, make: (n: number) => object]> =
  [
    [
      'too-many-items',
      'rules of ingress',
      1024,
      (n) => networkPolicy({ ingress: many(n, () => ({ action: 'Allow' })) }),
    ],
    [
      'too-many-items',
      'rules of egress',
      1024,
      (n) => globalPolicy({ egress: many(n, () => ({ action: 'Allow' })) }),
    ],
    ['too-many-items', 'nets', 256, (n) => ingress({ source: { nets: netsOf(n) } })],
    ['too-many-items', 'notNets', 256, (n) => egress({ destination: { notNets: netsOf(n) } })],
    ['too-many-items', 'ports', 50, (n) => tcp({ ports: portsOf(n) })],
    ['too-many-items', 'notPorts', 50, (n) => tcp({ notPorts: portsOf(n) })],
    [
      'too-many-items',
      'communities',
      500,
      (n) => bgp({ communities: communities(n), prefixAdvertisements: used }),
    ],
    [
      'too-many-items',
      'advertised prefixes',
      500,
      (n) => bgp({ prefixAdvertisements: netsOf(n).map((cidr) => ({ cidr, communities: ['64512:1'] })) }),
    ],
    [
      'too-many-items',
      'communities of a prefix',
      50,
      (n) =>
        bgp({ prefixAdvertisements: [{ cidr: '10.0.0.0/16', communities: many(n, (i) => `64512:${i}`) }] }),
    ],
    [
      'bgp-community-name-too-long',
      'the name of a community',
      253,
      (n) => bgp({ communities: [{ name: 'x'.repeat(n), value: '64512:1' }], prefixAdvertisements: used }),
    ],
    ['service-name-too-long', 'the name of a service', 253, (n) => service({ name: 'a'.repeat(n) })],
    ['service-name-too-long', "a service's namespace", 253, (n) => service({ namespace: 'a'.repeat(n) })],
    ['selector-too-long', 'selector', 1024, (n) => networkPolicy({ selector: selectorOf(n) })],
    [
      'selector-too-long',
      'serviceAccountSelector',
      1024,
      (n) => networkPolicy({ serviceAccountSelector: selectorOf(n) }),
    ],
    [
      'selector-too-long',
      'namespaceSelector',
      1024,
      (n) => globalPolicy({ namespaceSelector: selectorOf(n) }),
    ],
    [
      'selector-too-long',
      'selector of a rule',
      1024,
      (n) => ingress({ source: { selector: selectorOf(n) } }),
    ],
    [
      'selector-too-long',
      'notSelector of a rule',
      1024,
      (n) => ingress({ source: { notSelector: selectorOf(n) } }),
    ],
    [
      'selector-too-long',
      'namespaceSelector of a rule',
      1024,
      (n) => egress({ destination: { namespaceSelector: selectorOf(n) } }),
    ],
    ['selector-too-long', 'nodeSelector of a pool', 1024, (n) => pool({ nodeSelector: selectorOf(n) })],
    ['selector-too-long', 'nodeSelector of a peer', 1024, (n) => peer({ nodeSelector: selectorOf(n) })],
  ]

export const cases: ReadonlyArray<Case> = [
  ...limits.map(
    ([rule, what, most, make]): Case => ({
      rule,
      fact: `${most + 1} for ${what} from 3.33 on`,
      calico: '3.33',
      refuses: make(most + 1),
      takes: make(most),
    }),
  ),
  ...limits.map(
    ([rule, what, most, make]): Case => ({
      rule,
      fact: `${most + 1} for ${what}, which 3.32 takes`,
      calico: '3.33',
      refuses: make(most + 1),
      takes: make(most + 1),
      takesIn: '3.32',
    }),
  ),
  {
    rule: 'repeated-item',
    fact: 'a net twice among notNets from 3.33 on',
    calico: '3.33',
    refuses: ingress({ source: { notNets: ['10.0.0.0/8', '10.0.0.0/8'] } }),
    takes: ingress({ source: { notNets: ['10.0.0.0/8', '10.0.0.0/8'] } }),
    takesIn: '3.32',
  },
  {
    rule: 'selector-too-long',
    fact: '4097 characters for the nodes of a peer in 3.32',
    calico: '3.32',
    refuses: peer({ nodeSelector: selectorOf(4097) }),
    takes: peer({ nodeSelector: selectorOf(4097) }),
    takesIn: '3.31',
  },
  {
    rule: 'number-over-int32',
    fact: 'an AS number of more than 31 bits in a peer',
    refuses: peer({ asNumber: 4_200_000_000 }),
    takes: peer({ asNumber: 2_147_483_647 }),
    at: 'spec.asNumber',
  },
  {
    rule: 'number-over-int32',
    fact: 'an AS number of more than 31 bits in the configuration of BGP',
    calico: '3.33',
    refuses: bgp({ asNumber: 2_147_483_648 }),
    takes: bgp({ asNumber: 2_147_483_647 }),
  },
  {
    rule: 'number-over-int32',
    fact: 'a local AS number of more than 31 bits',
    calico: '3.33',
    refuses: peer({ localASNumber: 4_200_000_000 }),
    takes: peer({ localASNumber: 64_513 }),
  },
  {
    rule: 'number-over-int32',
    fact: 'an AS number of more than 31 bits in a filter',
    calico: '3.32',
    refuses: of('BGPFilter')({ exportV4: [{ action: 'Accept', asPathPrefix: [4_200_000_000] }] }),
    takes: of('BGPFilter')({ exportV4: [{ action: 'Accept', asPathPrefix: [64_512] }] }),
    at: 'spec.exportV4[0].asPathPrefix[0]',
  },
  {
    rule: 'number-over-int32',
    fact: 'a prepended AS number of more than 31 bits',
    calico: '3.32',
    refuses: of('BGPFilter')({
      importV6: [{ action: 'Accept', operations: [{ prependASPath: { prefix: [64_512, 4_200_000_000] } }] }],
    }),
    takes: of('BGPFilter')({
      importV6: [{ action: 'Accept', operations: [{ prependASPath: { prefix: [64_512] } }] }],
    }),
    at: 'spec.importV6[0].operations[0].prependASPath.prefix[1]',
  },
  {
    rule: 'number-over-int32',
    fact: 'a mark of more than 31 bits before 3.33',
    refuses: of('FelixConfiguration')({ iptablesMarkMask: 0xffff_0000 }),
    takes: of('FelixConfiguration')({ iptablesMarkMask: 0xffff_0000 }),
    takesIn: '3.33',
    at: 'spec.iptablesMarkMask',
  },
  {
    rule: 'number-range',
    fact: 'port 70000 to debug kube-controllers from 3.32 on',
    calico: '3.32',
    refuses: of('KubeControllersConfiguration')(
      { controllers: {}, debugProfilePort: 70_000 },
      { name: 'default' },
    ),
    takes: of('KubeControllersConfiguration')(
      { controllers: {}, debugProfilePort: 70_000 },
      { name: 'default' },
    ),
    takesIn: '3.31',
  },
]
