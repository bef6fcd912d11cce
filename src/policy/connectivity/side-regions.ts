import type { Interval } from '../../net/interval.js'
import type { PacketTest } from '../compile/packet-test.js'
import type { OpenAsk } from '../evaluate/chain.js'
import { evaluateDirection } from '../evaluate/evaluate-direction.js'
import { type Ends, meansProtocol } from '../evaluate/packet-holds.js'
import type { Decision } from '../evaluate/reason.js'
import { type Breakpoints, breakpointsOf, traitsFor } from './breakpoints.js'
import type { Inquiry } from './partition.js'
import type { Region, Regions } from './region.js'
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
  const left = asks.filter(({ ask }) => ask.rule === undefined || meansProtocol(ask.rule.packet, protocol))
  const points = left.flatMap(({ ask }) =>
    ask.rule === undefined || ask.rule.packet.isPlain ? [] : [breakpointsOf(ask.rule.packet, ends)],
  )
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

/** The same for asks that decide alike, whichever rules they are of: many policies let the same ports through. */
const packetTexts = () => {
  const texts = new Map<PacketTest, string>()
  const textOf = (test: PacketTest): string => {
    const text = texts.get(test) ?? JSON.stringify(test)
    texts.set(test, text)
    return text
  }
  return (asks: ReadonlyArray<OpenAsk>, ends: Ends): string => {
    let text = ''
    for (const { ask, match } of asks) {
      const { tier, action, leaves, rule } = ask
      text += `;${tier}${action}${leaves}${match}`
      if (rule !== undefined) text += textOf(rule.packet) + traitsFor(rule.packet, ends)
    }
    return text
  }
}

const allAllowed: Inquiry<Decision> = { breakpoints: [[], []], ask: () => 'allowed', isPlain: true }

/** What the asks of one end let through: everything, where no policy is its own. Each worked out once. */
export interface SideRegions {
  (asks: undefined): Region
  (asks: ReadonlyArray<OpenAsk>, ends: Ends): Region
}

export const sideRegions = (regions: Regions): SideRegions => {
  const byText = new Map<string, Region>()
  const textOf = packetTexts()
  const made = (asks: ReadonlyArray<OpenAsk>, ends: Ends): Region => {
    const mentioned = asks.flatMap(({ ask }) => (ask.rule === undefined ? [] : mentionedBy(ask.rule.packet)))
    return regions.of([...new Set(mentioned)], (protocol) => inquiryOf(asks, ends, protocol))
  }
  return (asks: ReadonlyArray<OpenAsk> | undefined, ends?: Ends) => {
    if (asks === undefined || ends === undefined) return regions.of([], () => allAllowed)
    const text = textOf(asks, ends)
    const region = byText.get(text) ?? made(asks, ends)
    byText.set(text, region)
    return region
  }
}
