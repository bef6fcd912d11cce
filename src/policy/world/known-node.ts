import { isPlain } from '../../model/codec/json.js'
import { addressValue } from '../../net/cidr.js'
import type { Labels } from '../../selector/ast.js'
import type { Manifest } from './manifest.js'

/**
 * A node, with what no manifest says of it: its interfaces, each with its addresses. What its manifest says beside is
 * kept. A machine that is no node of Kubernetes but runs Calico may be described so, too.
 */
export interface DescribedNode {
  readonly _tag: 'Node'
  readonly name: string
  readonly labels?: Labels
  readonly ips?: ReadonlyArray<string>
  readonly interfaces?: Readonly<Record<string, ReadonlyArray<string>>>
}

/** What is known of a node. */
export interface KnownNode {
  readonly name: string
  /** `undefined` where only an endpoint names it. */
  readonly labels: Labels | undefined
  /** All of them, those of its tunnels among them. */
  readonly ips: ReadonlyArray<string>
  /** Those that its automatic host endpoint has. */
  readonly expectedIPs: ReadonlyArray<string>
  /** `undefined` where nobody has said. */
  readonly interfaces: Readonly<Record<string, ReadonlyArray<string>>> | undefined
}

/** Where calico-node notes the addresses of a node and of its tunnels, in the order in which kube-controllers lists them. */
const notes = [
  'projectcalico.org/IPv4Address',
  'projectcalico.org/IPv6Address',
  'projectcalico.org/IPv4IPIPTunnelAddr',
  'projectcalico.org/IPv4VXLANTunnelAddr',
  'projectcalico.org/IPv6VXLANTunnelAddr',
  'projectcalico.org/IPv4WireguardInterfaceAddr',
  'projectcalico.org/IPv6WireguardInterfaceAddr',
]

const unique = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(texts)]

/** **Source**: `kube-controllers/pkg/controllers/node/hostendpoints.go`, getAutoHostendpointExpectedIPs. */
const nodeOf = ({ metadata, status = {} }: Manifest): KnownNode => {
  const { annotations = {}, labels = {} } = metadata
  const listed = (Array.isArray(status.addresses) ? status.addresses : []).flatMap((it: unknown) =>
    isPlain(it) && typeof it.address === 'string' && addressValue(it.address) !== undefined
      ? [{ type: it.type, address: it.address }]
      : [],
  )
  const noted = notes.flatMap((note) => {
    const text = annotations[note]?.split('/')[0]
    return text !== undefined && addressValue(text) !== undefined ? [text] : []
  })
  const internal = listed.flatMap(({ type, address }) => (type === 'InternalIP' ? [address] : []))
  return {
    name: metadata.name,
    labels,
    ips: unique([...listed.map(({ address }) => address), ...noted]),
    expectedIPs: unique([...noted, ...internal]),
    interfaces: undefined,
  }
}

const describedOf = ({ name, labels = {}, ips = [], interfaces }: DescribedNode): KnownNode => {
  const all = unique([...ips, ...Object.values(interfaces ?? {}).flat()])
  return { name, labels, ips: all, expectedIPs: all, interfaces }
}

/** One node of what is said of it in several places. */
export const withDescription = (node: KnownNode | undefined, described: DescribedNode): KnownNode => {
  const more = describedOf(described)
  if (node === undefined) return more
  return {
    name: node.name,
    labels: described.labels ?? node.labels,
    ips: unique([...node.ips, ...more.ips]),
    expectedIPs: node.expectedIPs,
    interfaces: more.interfaces ?? node.interfaces,
  }
}

/** The manifest of a node that was described before. */
export const withManifest = (described: KnownNode | undefined, manifest: Manifest): KnownNode => {
  const node = nodeOf(manifest)
  if (described === undefined) return node
  return { ...node, ips: unique([...node.ips, ...described.ips]), interfaces: described.interfaces }
}
