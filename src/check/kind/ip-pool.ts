import type { IPPoolSpec } from '../../model/ipam/ip-pool.js'
import { family, type Network, parseNetwork } from '../../net/ip-address.js'
import { client, validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, none, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { hostBits, overlaps } from '../value/net.js'
import { poolSelector } from '../value/selector.js'
import { unlessEmpty } from '../value/text-number-list.js'
import { loadBalancerPool } from './load-balancer-pool.js'

const source = client('ippool.go, validateAndSetDefaults')

const cidrFormat: Constraint<string> = rule(
  {
    name: 'pool-cidr',
    what: 'The cidr of a pool is not valid.',
    remedy: 'write an address, "/" and a prefix length, such as 10.0.0.0/16',
    source,
  },
  (cidr) =>
    unless(parseNetwork(cidr) !== undefined, () => ({ message: `${quoted(cidr)} is not a valid CIDR` })),
)

const linkLocal = ['169.254.0.0/16', 'fe80::/10'] as const

const notLinkLocal: Constraint<string> = rule(
  {
    name: 'pool-link-local',
    what: 'A pool overlaps with link-local addresses.',
    remedy: 'choose other addresses: 169.254.0.0/16 and fe80::/10 are not routed',
    source,
  },
  (cidr) =>
    linkLocal
      .filter((range) => overlaps(cidr, range))
      .map((range) => ({ message: `the pool ${cidr} overlaps with ${range}` })),
)

interface Sizes {
  readonly bits: 32 | 128
  readonly smallest: number
  readonly largest: number
  readonly usual: number
}

const sizes: { readonly [F in 4 | 6]: Sizes } = {
  4: { bits: 32, smallest: 20, largest: 32, usual: 26 },
  6: { bits: 128, smallest: 116, largest: 128, usual: 122 },
}

interface Pool extends Sizes {
  readonly network: Network
  readonly version: 4 | 6
  readonly blockSize: number
}

const poolOf = ({ cidr, blockSize = 0 }: IPPoolSpec): Pool | undefined => {
  const network = parseNetwork(cidr)
  if (network === undefined) return undefined
  const version = family(network.words)
  const forFamily = sizes[version]
  return { ...forFamily, network, version, blockSize: blockSize === 0 ? forFamily.usual : blockSize }
}

const blockSize: Constraint<IPPoolSpec> = rule(
  {
    name: 'pool-block-size',
    what: 'The block size of a pool is larger or smaller than Calico allows.',
    remedy: 'use 20 to 32 for IPv4, 116 to 128 for IPv6',
    source,
  },
  (spec) => {
    const pool = poolOf(spec)
    if (pool === undefined) return none
    return unless(pool.blockSize >= pool.smallest && pool.blockSize <= pool.largest, () => ({
      at: ['blockSize'],
      message: `the block size ${pool.blockSize} is outside ${pool.smallest} to ${pool.largest}`,
    }))
  },
)

/** The length as it is written: Calico counts that of IPv4 inside of IPv6 from 128, too. */
const lengthOf = (cidr: string): number => Number(cidr.slice(cidr.indexOf('/') + 1))

const holdsBlock: Constraint<IPPoolSpec> = rule(
  {
    name: 'pool-too-small',
    what: 'A pool is smaller than one of its blocks.',
    remedy: 'use a larger cidr, a larger blockSize, or disable the pool',
    source,
  },
  (spec) => {
    const pool = poolOf(spec)
    if (pool === undefined || spec.disabled === true) return none
    return unless(lengthOf(spec.cidr) <= pool.blockSize, () => ({
      at: ['cidr'],
      message: `the pool ${spec.cidr} has no room for a block of /${pool.blockSize}`,
    }))
  },
)

const isOn = (mode: string | undefined): boolean => mode !== undefined && mode !== '' && mode !== 'Never'

const oneTunnel: Constraint<IPPoolSpec> = rule(
  {
    name: 'pool-one-tunnel',
    what: 'A pool uses both IPIP and VXLAN.',
    remedy: 'set one of ipipMode and vxlanMode to Never',
    source,
  },
  ({ ipipMode, vxlanMode }) =>
    unless(!(isOn(ipipMode) && isOn(vxlanMode)), () => ({
      at: ['vxlanMode'],
      message: `ipipMode is ${ipipMode} and vxlanMode is ${vxlanMode}`,
    })),
)

const ipipFamily: Constraint<IPPoolSpec> = rule(
  {
    name: 'pool-ipip-ipv6',
    what: 'An IPv6 pool uses IPIP.',
    remedy: 'set ipipMode to Never: IPIP carries IPv4 only, while VXLAN carries both',
    source: validator('validateIPPoolSpec'),
  },
  (spec) =>
    unless(!(isOn(spec.ipipMode) && poolOf(spec)?.version === 6), () => ({
      at: ['ipipMode'],
      message: `ipipMode is ${spec.ipipMode} for the IPv6 pool ${spec.cidr}`,
    })),
)

export const ipPoolSpec: Constraint<IPPoolSpec> = all(
  fields<IPPoolSpec>({
    cidr: all(cidrFormat, hostBits, notLinkLocal),
    nodeSelector: unlessEmpty(poolSelector),
    namespaceSelector: unlessEmpty(poolSelector),
  }),
  blockSize,
  holdsBlock,
  oneTunnel,
  ipipFamily,
  loadBalancerPool,
)
