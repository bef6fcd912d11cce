import { isPlain } from '../../model/codec/json.js'
import { addressValue } from '../../net/cidr.js'
import type { Manifest } from './manifest.js'

/** Where calico-node notes the addresses of a node and of its tunnels. */
const notes = [
  'projectcalico.org/IPv4Address',
  'projectcalico.org/IPv6Address',
  'projectcalico.org/IPv4IPIPTunnelAddr',
  'projectcalico.org/IPv4VXLANTunnelAddr',
  'projectcalico.org/IPv6VXLANTunnelAddr',
  'projectcalico.org/IPv4WireguardInterfaceAddr',
  'projectcalico.org/IPv6WireguardInterfaceAddr',
]

/** The addresses of a node, its tunnels among them. */
export const nodeAddresses = ({ metadata, status = {} }: Manifest): ReadonlyArray<bigint> => {
  const { annotations = {} } = metadata
  const listed = Array.isArray(status.addresses) ? status.addresses : []
  const texts = [
    ...listed.map((it) => (isPlain(it) ? it.address : undefined)),
    ...notes.map((note) => annotations[note]?.split('/')[0]),
  ]
  return texts.flatMap((text) => (typeof text === 'string' ? (addressValue(text) ?? []) : []))
}
