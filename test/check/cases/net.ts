import { type Case, ingress, of } from './case.js'

const source = (entity: object): object => ingress({ source: entity })
const nets = (...list: ReadonlyArray<string>): object => source({ nets: list })

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'nets-one-family',
    fact: 'a net of IPv6 that ends like one of IPv4 beside one of IPv4',
    refuses: nets('::10.0.0.0/104', '10.0.0.0/8'),
    takes: nets('::10.0.0.0/104', 'fd00::/8'),
  },
  {
    rule: 'mapped-net',
    fact: 'a net of IPv4 in the form of IPv6 in a set',
    refuses: of('NetworkSet')({ nets: ['::ffff:10.0.0.0/104'] }),
    takes: of('NetworkSet')({ nets: ['10.0.0.0/8', '::10.0.0.0/104'] }),
    at: 'spec.nets[0]',
  },
  {
    rule: 'mapped-net',
    fact: 'one in a global set, though not an address in that form',
    refuses: of('GlobalNetworkSet')({ nets: ['10.0.0.1', '::ffff:10.0.0.1/128'] }),
    takes: of('GlobalNetworkSet')({ nets: ['10.0.0.1', '::ffff:10.0.0.1'] }),
  },
  { rule: 'net-format', fact: 'a net that is no CIDR', refuses: nets('web'), takes: nets('0.0.0.0/0') },
  { rule: 'net-format', fact: 'an empty net', refuses: nets(''), takes: nets('::/0') },
  { rule: 'net-format', fact: 'leading zeros', refuses: nets('010.0.0.0/8'), takes: nets('10.0.0.0/08') },
  {
    rule: 'net-format',
    fact: 'a length beyond 32',
    refuses: nets('10.0.0.0/33'),
    takes: nets('10.0.0.1/32'),
  },
  {
    rule: 'net-needs-length',
    fact: 'an address without a length',
    refuses: nets('10.0.0.1'),
    takes: nets('10.0.0.1/32'),
    at: 'spec.ingress[0].source.nets[0]',
  },
  { rule: 'net-host-bits', fact: 'host bits', refuses: nets('10.0.0.1/8'), takes: nets('10.0.0.0/8') },
  {
    rule: 'net-host-bits',
    fact: 'host bits of IPv6',
    refuses: nets('fd00::1/64'),
    takes: nets('fd00:0:0:0:8000::/65'),
  },
  {
    rule: 'nets-one-family',
    fact: 'nets of both families',
    refuses: ingress({ source: { nets: ['10.0.0.0/8'] }, destination: { notNets: ['fd00::/8'] } }),
    takes: nets('10.0.0.0/8', '::ffff:11.0.0.0/104'),
    at: 'spec.ingress[0].destination.notNets[0]',
  },
  {
    rule: 'nets-ip-version',
    fact: "a net of another family than the rule's",
    refuses: ingress({ ipVersion: 6, source: { nets: ['10.0.0.0/8'] } }),
    takes: ingress({ ipVersion: 4, source: { nets: ['10.0.0.0/8'] } }),
  },
  {
    rule: 'catch-all-not-net',
    fact: 'all of IPv4 in notNets from 3.31 on',
    calico: '3.31',
    refuses: source({ notNets: ['0.0.0.0/0'] }),
    takes: source({ notNets: ['0.0.0.0/0'] }),
    takesIn: '3.28',
  },
  {
    rule: 'catch-all-not-net',
    fact: 'all of IPv6 in notNets from 3.30.3 on',
    calico: '3.30.3',
    refuses: source({ notNets: ['0::/0'] }),
    takes: source({ notNets: ['0::/0'] }),
    takesIn: '3.30.2',
  },
  {
    rule: 'catch-all-not-net',
    fact: 'all of IPv4 in notNets from 3.29.6 on',
    calico: '3.29',
    refuses: source({ notNets: ['0.0.0.0/0'] }),
    takes: source({ notNets: ['0.0.0.0/0'] }),
    takesIn: '3.29.5',
  },
  {
    rule: 'repeated-item',
    fact: 'a net twice from 3.32 on',
    calico: '3.32',
    refuses: nets('10.0.0.0/8', '10.0.0.0/8'),
    takes: nets('10.0.0.0/8', '10.0.0.0/8'),
    takesIn: '3.31',
  },
  {
    rule: 'too-many-items',
    fact: '257 nets from 3.33 on',
    calico: '3.33',
    refuses: nets(...Array.from({ length: 257 }, (_, i) => `10.0.${i >> 8}.${i & 255}/32`)),
    takes: nets(...Array.from({ length: 256 }, (_, i) => `10.0.${i >> 8}.${i & 255}/32`)),
  },
]
