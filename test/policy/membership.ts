import ipaddr from 'ipaddr.js'
import type { NumberRange } from '../../src/net/port-range.js'
import type { Change } from '../../src/policy/connectivity/diff.js'
import type { Connection, Connectivity, Traffic } from '../../src/policy/connectivity/traffic.js'
import type { Decision } from '../../src/policy/evaluate/reason.js'
import type { Packet } from '../../src/policy/world/flow.js'

/*
 * What the lists of a connectivity mean, read the plain way: an oracle that shares nothing with what makes them.
 */

const isAmong = (numbers: ReadonlyArray<NumberRange> | undefined, value: number | undefined): boolean =>
  numbers === undefined ||
  numbers.some((wanted) => {
    const [first = Number.NaN, last = first] = String(wanted).split(':').map(Number)
    return value !== undefined && first <= value && value <= last
  })

const isIn = (traffic: Traffic, { protocol, port, sourcePort, icmp }: Packet): boolean =>
  (traffic.protocol === undefined || traffic.protocol === protocol) &&
  traffic.notProtocols?.includes(protocol) !== true &&
  isAmong(traffic.ports, port) &&
  isAmong(traffic.sourcePorts, sourcePort) &&
  isAmong(traffic.types, icmp?.type) &&
  isAmong(traffic.codes, icmp?.code)

const bytes = (ip: string): string => Buffer.from(ipaddr.parse(ip).toByteArray()).toString('hex')

const contains = (addresses: string, ip: string): boolean => {
  const address = ipaddr.parse(ip)
  const [first = '', last = first] = addresses.split('-')
  const [base = '', bits] = first.split('/')
  const prefix = ipaddr.parse(base)
  if (prefix.kind() !== address.kind()) return false
  if (bits !== undefined) return address.match(prefix, Number(bits))
  return bytes(first) <= bytes(ip) && bytes(ip) <= bytes(last)
}

/** A packet that is sent from one name to another; where one of them is a network, its address there. */
export interface Sent {
  readonly from: string
  readonly to: string
  readonly ip?: string | undefined
  readonly packet: Packet
}

type Where = Pick<Connection, 'from' | 'to' | 'addresses'>

const isAbout = (where: Where, { from, to, ip }: Sent): boolean =>
  where.from === from &&
  where.to === to &&
  (where.addresses === undefined ||
    (ip !== undefined && where.addresses.some((addresses) => contains(addresses, ip))))

/** All that the lists say of it: one answer, if they are right. */
export const decisionsOf = (connectivity: Connectivity, sent: Sent): ReadonlyArray<Decision> =>
  connectivity
    .filter((connection) => isAbout(connection, sent))
    .flatMap(({ allowed, unknown }): ReadonlyArray<Decision> => {
      const found: ReadonlyArray<Decision> = [
        ...allowed.filter((traffic) => isIn(traffic, sent.packet)).map(() => 'allowed' as const),
        ...unknown.filter((traffic) => isIn(traffic, sent.packet)).map(() => 'unknown' as const),
      ]
      return found.length === 0 ? ['denied'] : found
    })

export const changesOf = (
  changes: ReadonlyArray<Change>,
  sent: Sent,
): ReadonlyArray<Pick<Change, 'before' | 'after'>> =>
  changes
    .filter((change) => isAbout(change, sent))
    .flatMap(({ before, after, traffic }) =>
      traffic.filter((it) => isIn(it, sent.packet)).map(() => ({ before, after })),
    )
