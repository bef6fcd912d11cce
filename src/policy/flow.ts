import type { ProtocolName } from '../model/protocol.js'
import type { Endpoint } from './endpoint.js'

/** A connection that is tried: from one end to a port of the other. */
export interface Flow {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly protocol: ProtocolName
  /** The destination's port, for protocols that have ports. */
  readonly port?: number
  /** Any when left out. */
  readonly sourcePort?: number
  readonly icmp?: { readonly type: number; readonly code: number }
}
