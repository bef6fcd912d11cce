import type { Protocol } from '../model/protocol.js'
import type { Endpoint } from './endpoint.js'

/** What is sent, whoever sends it. */
export interface Packet {
  readonly protocol: Protocol
  /** The destination's port, for protocols that have ports. */
  readonly port?: number
  /** Any when left out. */
  readonly sourcePort?: number
  readonly icmp?: { readonly type: number; readonly code: number }
}

/** A connection that is tried: from one end to a port of the other. */
export interface Flow extends Packet {
  readonly from: Endpoint
  readonly to: Endpoint
}
