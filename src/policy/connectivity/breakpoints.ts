import type { Interval } from '../../net/interval.js'
import type { PacketTest, PortTest } from '../compile/packet-test.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { Ends } from '../evaluate/packet-holds.js'

const only = (value: number): Interval => ({ from: value, until: value + 1 })

/** Where the answer to a packet may change, on the axes of a protocol with ports, or of ICMP. */
export interface Breakpoints {
  readonly ports: ReadonlyArray<Interval>
  readonly sourcePorts: ReadonlyArray<Interval>
  readonly types: ReadonlyArray<Interval>
  readonly codes: ReadonlyArray<Interval>
}

const portsOf = (
  tests: ReadonlyArray<PortTest | undefined>,
  peer: PeerClass,
  { facts }: Ends,
): ReadonlyArray<Interval> =>
  tests.flatMap((test) => {
    if (test === undefined) return []
    const named = test.named.map((it) => facts.namedPorts(it, peer))
    return [...test.intervals, ...named.flatMap(({ yes, maybe }) => [...yes, ...maybe].map(only))]
  })

const servicePorts = (service: string | undefined, { services }: PeerClass): ReadonlyArray<Interval> =>
  services.flatMap((it) => (it.service === service && it.port !== undefined ? [only(it.port)] : []))

export const breakpointsOf = (test: PacketTest, ends: Ends): Breakpoints => {
  const icmp = [test.icmp ?? {}, test.notICMP ?? {}]
  return {
    ports: [
      ...portsOf([test.destination, test.notDestination], ends.to, ends),
      ...servicePorts(test.service, ends.to),
    ],
    sourcePorts: portsOf([test.source, test.notSource], ends.from, ends),
    types: icmp.flatMap(({ type }) => type ?? []).map(only),
    codes: icmp.flatMap(({ code }) => code ?? []).map(only),
  }
}

/** All that the ends tell the test apart by, as text. */
export const traitsFor = (test: PacketTest, ends: Ends): string => {
  if (!test.isOfEnds) return ''
  const ports = [test.destination, test.notDestination].flatMap((it) => it?.named ?? [])
  const sources = [test.source, test.notSource].flatMap((it) => it?.named ?? [])
  return JSON.stringify([
    ports.map((it) => ends.facts.namedPorts(it, ends.to)),
    sources.map((it) => ends.facts.namedPorts(it, ends.from)),
    test.ipVersion === undefined ? '' : ends.family,
    test.service === undefined
      ? ''
      : [ends.to.hasAddress, ends.to.services.filter(({ service }) => service === test.service)],
  ])
}
