import { addressValue } from '../../net/cidr.js'
import { protocolNumber } from '../../net/protocol-number.js'

/** A slice of a service's endpoints, as Kubernetes has it: what Felix reads of it. */
export interface EndpointSlice {
  readonly metadata: {
    readonly name?: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly endpoints?: ReadonlyArray<{ readonly addresses?: ReadonlyArray<string> }> | null
  readonly ports?: ReadonlyArray<{ readonly port?: number | null; readonly protocol?: string | null }> | null
}

/** An address and a port that stand behind a service; without a port, the address alone does. */
export interface ServiceMember {
  /** `namespace/name`. */
  readonly service: string
  readonly protocol?: number
  readonly port?: number
}

const protocolOf = (name: string | null | undefined): number =>
  protocolNumber(name === 'UDP' || name === 'SCTP' ? name : 'TCP')

/**
 * What is behind services, by address. Ready or not makes no difference.
 *
 * **Source**: `felix/serviceindex/serviceindex.go`, membersFromEndpointSlice.
 */
export const serviceMembers = (
  slices: ReadonlyArray<EndpointSlice>,
): ReadonlyMap<bigint, ReadonlyArray<ServiceMember>> => {
  const found = new Map<bigint, Array<ServiceMember>>()
  for (const { metadata, endpoints, ports } of slices) {
    const service = `${metadata.namespace ?? ''}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`
    for (const text of (endpoints ?? []).flatMap(({ addresses = [] }) => addresses)) {
      const address = addressValue(text)
      if (address === undefined) continue
      const there = found.get(address) ?? []
      found.set(address, there)
      there.push({ service })
      for (const { port, protocol } of ports ?? [])
        if (port != null) there.push({ service, protocol: protocolOf(protocol), port })
    }
  }
  return found
}
