import type { Node, NodeBGPSpec, NodeSpec, NodeStatus, NodeWireguardSpec } from '../../model/host/node.js'
import { family, parseAddress, parseNetwork } from '../../net/ip-address.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, rule, unless } from '../engine/constraint.js'
import { ipv4Address, ipv6Address, macAddress } from '../value/ip-address.js'
import { metadata } from '../value/metadata.js'
import { form, unlessEmpty } from '../value/text-number-list.js'

const ofFamily = (version: 4 | 6): Constraint<string> =>
  unlessEmpty(
    form(
      {
        name: 'node-address',
        what: "A node's BGP address is not valid, or is of the other family.",
        remedy: 'write an address and its prefix length, such as 10.0.0.1/24',
        source: validator('ValidateCIDRv4 and ValidateCIDRv6'),
      },
      (text) => {
        const words = parseNetwork(text)?.words ?? parseAddress(text)
        return words !== undefined && family(words) === version
      },
      `not an IPv${version} address`,
    ),
  )

const notEmpty: Constraint<NodeBGPSpec> = rule(
  {
    name: 'node-bgp-empty',
    what: 'The bgp field of a node is empty.',
    remedy: 'remove bgp if the node does not use it',
    source: validator('validateNodeSpec'),
  },
  (bgp) =>
    unless(
      Object.values(bgp).some((value: unknown) => value !== undefined && value !== ''),
      () => ({ message: 'bgp is empty' }),
    ),
)

const v4 = unlessEmpty(ipv4Address)
const v6 = unlessEmpty(ipv6Address)
const mac = unlessEmpty(macAddress)

/** 32 bytes in base64. */
const wireguardKey = unlessEmpty(
  form(
    {
      name: 'wireguard-key',
      what: 'A WireGuard public key is not valid.',
      remedy: 'write the 32 bytes of the key in base64',
      source: validator('validateWireguardPublicKey'),
    },
    (text) => /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text),
    'not a WireGuard public key',
  ),
)

export const node: Constraint<Node> = fields<Node>({
  metadata,
  spec: fields<NodeSpec>({
    bgp: all(
      notEmpty,
      fields<NodeBGPSpec>({
        ipv4Address: ofFamily(4),
        ipv6Address: ofFamily(6),
        ipv4IPIPTunnelAddr: v4,
        routeReflectorClusterID: v4,
      }),
    ),
    ipv4VXLANTunnelAddr: v4,
    vxlanTunnelMACAddr: mac,
    ipv6VXLANTunnelAddr: v6,
    vxlanTunnelMACAddrV6: mac,
    wireguard: fields<NodeWireguardSpec>({ interfaceIPv4Address: v4, interfaceIPv6Address: v6 }),
  }),
  status: fields<NodeStatus>({ wireguardPublicKey: wireguardKey, wireguardPublicKeyV6: wireguardKey }),
})
