import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { Sent } from './packet-holds.js'

const largestProtocol = 255
const largestPort = 65_535

const isWithin = (value: number | undefined, largest: number): boolean =>
  value === undefined || (Number.isInteger(value) && value >= 0 && value <= largest)

const familiesOf = ({ at }: ResolvedPeer): ReadonlyArray<4 | 6 | undefined> => at.map(({ family }) => family)

const isOneFamily = (from: ResolvedPeer, to: ResolvedPeer): boolean => {
  const [one, other] = [familiesOf(from), familiesOf(to)]
  return one.some((a) => other.some((b) => a === undefined || b === undefined || a === b))
}

/**
 * Why there is no such packet: what types cannot see, and what flows from elsewhere may have. Nothing can be said of what
 * becomes of it. `undefined` where there may be one.
 */
export const impossible = (
  { from, to }: { readonly from: ResolvedPeer; readonly to: ResolvedPeer },
  { protocol, port, sourcePort }: Sent,
): string | undefined => {
  if (!isWithin(protocol, largestProtocol) || protocol === undefined)
    return 'the protocol: by its name, such as TCP, or its number, 0 to 255'
  if (!isWithin(port, largestPort)) return `the port: ${port} is none, it is 0 to 65535`
  if (!isWithin(sourcePort, largestPort)) return `the source port: ${sourcePort} is none, it is 0 to 65535`
  return isOneFamily(from, to)
    ? undefined
    : 'two ends of one IP version: no packet goes from IPv4 to IPv6, or back'
}
