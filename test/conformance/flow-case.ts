/** A manifest as plain JSON. */
export type Manifest = Readonly<Record<string, unknown>>
export type Labels = Readonly<Record<string, string>>

/** A cluster at rest, as the oracle takes it. */
export interface World {
  readonly namespaces: ReadonlyArray<{ readonly name: string; readonly labels?: Labels }>
  readonly serviceAccounts: ReadonlyArray<{
    readonly namespace: string
    readonly name: string
    readonly labels?: Labels
  }>
  readonly pods: ReadonlyArray<Pod>
  /** Absent where hosts play no part: what decides is then told without the node that it is on. */
  readonly nodes?: ReadonlyArray<Node>
  /** Felix's parameters. */
  readonly config?: Readonly<Record<string, string>>
  /** Of Calico (without `apiVersion`, v3 is meant), Kubernetes' policies, and EndpointSlices. */
  readonly resources: ReadonlyArray<Manifest>
}

export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly labels?: Labels
  readonly ips: ReadonlyArray<string>
  readonly serviceAccount: string
  readonly node: string
  readonly ports?: ReadonlyArray<{ readonly name: string; readonly port: number; readonly protocol: string }>
}

export interface Node {
  readonly name: string
  readonly interfaces: ReadonlyArray<{ readonly name: string; readonly ips: ReadonlyArray<string> }>
}

/**
 * The first packet of a connection. An end is `namespace/pod`, an address outside, or `node:NAME/INTERFACE`.
 * For ICMP, port and source port are type and code. It meets the outside, and another node, by the interface
 * that an end names, else by the seventh field. Left out or null at the end: no port, 40000, 4, eth0.
 * Between two addresses, the last is the node that passes it on, as `NAME/IN/OUT`.
 */
export type Flow = readonly [
  from: string,
  to: string,
  protocol: string | number,
  port?: number | null,
  sourcePort?: number | null,
  family?: 4 | 6,
  iface?: string,
  through?: string,
]

type Policies = readonly [ingress: ReadonlyArray<string>, egress: ReadonlyArray<string>]

/** The host endpoint of an interface. */
export interface Governed {
  readonly hep: string
  readonly normal?: Policies
  readonly forward?: Policies
  readonly untracked?: Policies
  readonly preDNAT?: ReadonlyArray<string>
}
