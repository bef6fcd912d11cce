import type { Interval } from '../../net/interval.js'
import type { PacketTest } from '../compile/packet-test.js'
import type { OpenAsk } from '../evaluate/chain.js'
import { evaluateDirection } from '../evaluate/evaluate-direction.js'
import { type Ends, meansProtocol } from '../evaluate/packet-holds.js'
import type { Decision } from '../evaluate/reason.js'
import { type Breakpoints, breakpointsOf, traitsFor } from './breakpoints.js'
import type { Inquiry } from './partition.js'
import { type Region, type Regions, regionTable, regionWhere } from './region.js'
import { axesOf } from './traffic.js'

const askText = ({ ask, match }: OpenAsk, ends: Ends): string =>
  `${ask.key}${match === 2 ? '' : '~'}${ask.rule === undefined ? '' : traitsFor(ask.rule.packet, ends)}`

/** The same for what is asked alike of ends that it does not tell apart. */
export const sideText = (asks: ReadonlyArray<OpenAsk> | undefined, ends: Ends): string =>
  asks?.map((it) => askText(it, ends)).join() ?? 'none'

/** Protocols that a rule names, or may mean by the endpoints of a service. */
export const mentionedBy = ({ protocol, notProtocol, service }: PacketTest): ReadonlyArray<number> => [
  ...(protocol === undefined ? [] : [protocol]),
  ...(notProtocol === undefined ? [] : [notProtocol]),
  ...(service === undefined ? [] : [6, 17, 132]),
]

/** On each of the two axes of a protocol, where the answer may change. */
export const alongAxes = (
  protocol: number,
  points: ReadonlyArray<Breakpoints>,
): Inquiry<string>['breakpoints'] => {
  const [first, second] = axesOf(protocol).fields
  const along = (field: keyof Breakpoints): ReadonlyArray<Interval> => points.flatMap((it) => it[field])
  return [along(first), along(second)]
}

/** What one end's policies make of the packets of a protocol. */
const inquiryOf = (asks: ReadonlyArray<OpenAsk>, ends: Ends, protocol: number): Inquiry<Decision> => {
  const left: Array<OpenAsk> = []
  const points: Array<Breakpoints> = []
  for (const it of asks) {
    const { rule } = it.ask
    if (rule !== undefined && !meansProtocol(rule.packet, protocol)) continue
    left.push(it)
    if (rule !== undefined && !rule.packet.isPlain) points.push(breakpointsOf(rule.packet, ends))
  }
  const { packet } = axesOf(protocol)
  return {
    breakpoints: alongAxes(protocol, points),
    isPlain: points.length === 0,
    ask: (first, second) => {
      const { port, sourcePort, icmp } = packet(first, second)
      return evaluateDirection(left, { protocol, port, sourcePort, icmp }, ends).decision
    },
  }
}

const allowed: Inquiry<Decision> = { breakpoints: [[], []], ask: () => 'allowed', isPlain: true }

/** What the asks of one end let through, each worked out once. */
export interface SideRegions {
  readonly regions: Regions
  readonly byText: Map<string, Region>
  /** To each test of packets its text. */
  readonly texts: Map<PacketTest, string>
}

export const sideRegions = (): SideRegions => ({
  regions: regionTable(),
  byText: new Map(),
  texts: new Map(),
})

const packetText = ({ texts }: SideRegions, test: PacketTest): string => {
  const there = texts.get(test)
  if (there !== undefined) return there
  const text = JSON.stringify(test)
  texts.set(test, text)
  return text
}

/** The same for asks that decide alike, whichever rules they are of: many policies let the same ports through. */
const textOf = (table: SideRegions, asks: ReadonlyArray<OpenAsk>, ends: Ends): string => {
  let text = ''
  for (const { ask, match } of asks) {
    const { tier, action, leaves, rule } = ask
    text += `;${tier}${action}${leaves}${match}`
    if (rule !== undefined) text += packetText(table, rule.packet) + traitsFor(rule.packet, ends)
  }
  return text
}

/** Everything, where no policy is its own. */
export const allAllowed = ({ regions }: SideRegions): Region => regionWhere(regions, [], () => allowed)

export const regionOfAsks = (table: SideRegions, asks: ReadonlyArray<OpenAsk>, ends: Ends): Region => {
  const text = textOf(table, asks, ends)
  const there = table.byText.get(text)
  if (there !== undefined) return there
  const mentioned = new Set<number>()
  for (const { ask } of asks)
    if (ask.rule !== undefined) for (const it of mentionedBy(ask.rule.packet)) mentioned.add(it)
  const region = regionWhere(table.regions, [...mentioned], (protocol) => inquiryOf(asks, ends, protocol))
  table.byText.set(text, region)
  return region
}
