import type { IPPoolSpec } from '../../model/ipam/ip-pool.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, none, rule, unless } from '../engine/constraint.js'

const source = validator('validateIPPoolSpec')
const since = '3.30'

const isForLoadBalancers = ({ allowedUses = [] }: IPPoolSpec): boolean => allowedUses.includes('LoadBalancer')

const alone: Constraint<IPPoolSpec> = rule(
  {
    name: 'load-balancer-pool-use',
    what: 'A pool for load balancers also has other uses.',
    remedy: 'split it into two pools',
    source,
    since,
  },
  (spec) =>
    unless(
      !isForLoadBalancers(spec) || spec.allowedUses?.every((use) => use === 'LoadBalancer') === true,
      () => ({
        at: ['allowedUses'],
        message: `allowedUses is ${spec.allowedUses?.join(', ')}: LoadBalancer must be the only one`,
      }),
    ),
)

const tunnels = ['ipipMode', 'vxlanMode'] as const

const withoutTunnel: Constraint<IPPoolSpec> = rule(
  {
    name: 'load-balancer-pool-tunnel',
    what: 'A pool for load balancers uses IPIP or VXLAN.',
    remedy: 'set ipipMode and vxlanMode to Never',
    source,
    since,
  },
  (spec) =>
    isForLoadBalancers(spec)
      ? tunnels
          .filter((key) => spec[key] === 'Always' || spec[key] === 'CrossSubnet')
          .map((key) => ({ at: [key], message: `${key} is ${spec[key]} in a pool for load balancers` }))
      : none,
)

const exported: Constraint<IPPoolSpec> = rule(
  {
    name: 'load-balancer-pool-export',
    what: 'A pool for load balancers is not exported by BGP.',
    remedy: 'set disableBGPExport to false',
    source,
    since,
  },
  (spec) =>
    unless(!(isForLoadBalancers(spec) && spec.disableBGPExport === true), () => ({
      at: ['disableBGPExport'],
      message: 'disableBGPExport is true in a pool for load balancers',
    })),
)

const everywhere: Constraint<IPPoolSpec> = rule(
  {
    name: 'load-balancer-pool-nodes',
    what: 'A pool for load balancers is limited to some nodes.',
    remedy: 'remove nodeSelector, or set it to all()',
    source,
    since,
  },
  (spec) =>
    unless(!isForLoadBalancers(spec) || ['', 'all()'].includes(spec.nodeSelector ?? ''), () => ({
      at: ['nodeSelector'],
      message: `the nodeSelector ${JSON.stringify(spec.nodeSelector)} in a pool for load balancers`,
    })),
)

/** What a pool for the addresses of services may be. */
export const loadBalancerPool: Constraint<IPPoolSpec> = all(alone, withoutTunnel, exported, everywhere)
