import { type Case, of } from './case.js'

const pool = (spec: object): object => of('IPPool')({ cidr: '10.0.0.0/16', ...spec })
const balanced = (spec: object): object => pool({ allowedUses: ['LoadBalancer'], ...spec })

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'pool-cidr',
    fact: 'a pool without a length',
    refuses: pool({ cidr: '10.0.0.1' }),
    takes: pool({}),
    at: 'spec.cidr',
  },
  {
    rule: 'net-host-bits',
    fact: 'a pool with host bits',
    refuses: pool({ cidr: '10.0.0.1/16' }),
    takes: pool({ cidr: '10.1.0.0/16' }),
  },
  {
    rule: 'pool-link-local',
    fact: 'a pool within link-local addresses',
    refuses: pool({ cidr: '169.254.1.0/24' }),
    takes: pool({ cidr: '169.253.0.0/16' }),
  },
  {
    rule: 'pool-link-local',
    fact: 'a pool around link-local addresses',
    refuses: pool({ cidr: '160.0.0.0/4' }),
    takes: pool({ cidr: 'fc00::/8' }),
  },
  {
    rule: 'pool-block-size',
    fact: 'blocks of /19',
    refuses: pool({ blockSize: 19 }),
    takes: pool({ blockSize: 20 }),
    at: 'spec.blockSize',
  },
  {
    rule: 'pool-block-size',
    fact: 'blocks of /115 in IPv6',
    refuses: pool({ cidr: 'fd00::/48', blockSize: 115 }),
    takes: pool({ cidr: 'fd00::/48', blockSize: 128 }),
  },
  {
    rule: 'pool-too-small',
    fact: 'a pool smaller than its block',
    refuses: pool({ cidr: '10.0.0.0/27' }),
    takes: pool({ cidr: '10.0.0.0/27', disabled: true }),
  },
  {
    rule: 'pool-too-small',
    fact: 'a pool of /28 with blocks of /27',
    refuses: pool({ cidr: '10.0.0.0/28', blockSize: 27 }),
    takes: pool({ cidr: '10.0.0.0/28', blockSize: 28 }),
  },
  {
    rule: 'pool-one-tunnel',
    fact: 'IPIP and VXLAN in one pool',
    refuses: pool({ ipipMode: 'Always', vxlanMode: 'CrossSubnet' }),
    takes: pool({ ipipMode: 'Always', vxlanMode: 'Never' }),
  },
  {
    rule: 'pool-ipip-ipv6',
    fact: 'IPIP for IPv6',
    refuses: pool({ cidr: 'fd00::/48', ipipMode: 'Always' }),
    takes: pool({ cidr: 'fd00::/48', ipipMode: 'Never', vxlanMode: 'Always' }),
  },
  {
    rule: 'selector-operator',
    fact: 'a bad nodeSelector',
    refuses: pool({ nodeSelector: 'a' }),
    takes: pool({ nodeSelector: '' }),
    at: 'spec.nodeSelector',
  },
  {
    rule: 'newer-field',
    fact: 'a pool for load balancers before 3.30',
    refuses: balanced({}),
    takes: balanced({}),
    takesIn: '3.30',
    at: 'spec.allowedUses[0]',
  },
  {
    rule: 'load-balancer-pool-use',
    fact: 'a pool for load balancers and workloads',
    calico: '3.30',
    refuses: balanced({ allowedUses: ['LoadBalancer', 'Workload'] }),
    takes: balanced({}),
  },
  {
    rule: 'load-balancer-pool-tunnel',
    fact: 'a pool for load balancers with a tunnel',
    calico: '3.31',
    refuses: balanced({ vxlanMode: 'Always' }),
    takes: balanced({ vxlanMode: 'Never' }),
  },
  {
    rule: 'load-balancer-pool-export',
    fact: 'a pool for load balancers kept from BGP',
    calico: '3.31',
    refuses: balanced({ disableBGPExport: true }),
    takes: balanced({ disableBGPExport: false }),
  },
  {
    rule: 'load-balancer-pool-nodes',
    fact: 'a pool for load balancers of some nodes',
    calico: '3.31',
    refuses: balanced({ nodeSelector: 'has(a)' }),
    takes: balanced({ nodeSelector: 'all()' }),
  },
  {
    rule: 'address-or-net-format',
    fact: 'a reservation that is neither address nor CIDR',
    refuses: of('IPReservation')({ reservedCIDRs: ['x'] }),
    takes: of('IPReservation')({ reservedCIDRs: ['10.0.0.1', '10.0.0.0/24'] }),
  },
]
