import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { Sent } from './packet-holds.js'
import type { Pair } from './way.js'

const largestProtocol = 255
const largestPort = 65_535

const isWithin = (value: number, largest: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= largest

const isPort = (value: number | undefined): boolean => value === undefined || isWithin(value, largestPort)

/** Whether no address of the one end is of a family of the other's. */
const areApart = ({ from, to }: Pair<ResolvedPeer>): boolean => {
  const [one, other] = [from.at[0].family, to.at[0].family]
  if (one === undefined || other === undefined || one === other) return false
  return from.at.every((a) => to.at.every((b) => a.family !== b.family))
}

/**
 * Why there is no such packet: what types cannot see, and what flows from elsewhere may have. Nothing can be said of what
 * becomes of it. `undefined` where there may be one.
 */
export const impossible = (
  { protocol, port, sourcePort }: Sent,
  peers: Pair<ResolvedPeer>,
): string | undefined => {
  if (areApart(peers)) return 'two ends with addresses of one family: no packet goes between IPv4 and IPv6'
  if (!isWithin(protocol, largestProtocol))
    return 'the protocol: by its name, such as TCP, or its number, 0 to 255'
  if (!isPort(port)) return `the port, 0 to 65535: ${port} is not one`
  return isPort(sourcePort) ? undefined : `the source port, 0 to 65535: ${sourcePort} is not one`
}
