import { cut, type Interval, join } from '../../net/interval.js'
import { printRange } from '../../net/port-range.js'
import { namedProtocols, protocolNamed } from '../../net/protocol-number.js'
import { type Axes, axesOf, type Traffic } from './traffic.js'

type Intervals = ReadonlyArray<Interval>

/** What is asked of the packets of one protocol, and where on its two axes the answer may change. */
export interface Inquiry<Answer> {
  readonly breakpoints: readonly [Intervals, Intervals]
  readonly ask: (first: number, second: number) => Answer
  /** Whether nothing but the protocol is asked for: then others that nobody mentions fare alike. */
  readonly isPlain?: boolean
}

/** For any of the one numbers with any of the other ones, one answer holds. */
export interface Area<Answer> {
  readonly protocol: number
  readonly answer: Answer
  readonly first: Intervals
  readonly second: Intervals
}

/** To each answer the pieces that have it. */
const along = <Answer>(pieces: Intervals, ask: (at: number) => Answer): ReadonlyMap<Answer, Intervals> => {
  const found = new Map<Answer, Array<Interval>>()
  for (const piece of pieces) {
    const answer = ask(piece.from)
    const alike = found.get(answer)
    if (alike === undefined) found.set(answer, [piece])
    else alike.push(piece)
  }
  return found
}

interface Growing<Answer> {
  readonly answer: Answer
  readonly first: Array<Interval>
  readonly second: Intervals
}

/** For each number of the first axis those of the second, by answer; what has the same ones is one area. */
export const areasOf = <Answer extends string>(
  protocol: number,
  { breakpoints: [first, second], ask }: Inquiry<Answer>,
): ReadonlyArray<Area<Answer>> => {
  const { whole } = axesOf(protocol)
  const others = cut([whole], second)
  const areas = new Map<string, Growing<Answer>>()
  const add = (piece: Interval, answer: Answer, spans: Intervals): void => {
    const joined = spans.length === 1 ? spans : join(spans)
    const key = `${answer} ${joined.map(printRange)}`
    const there = areas.get(key)
    if (there === undefined) areas.set(key, { answer, first: [piece], second: joined })
    else there.first.push(piece)
  }
  for (const piece of cut([whole], first)) {
    if (others.length === 1) add(piece, ask(piece.from, whole.from), others)
    else for (const [answer, spans] of along(others, (at) => ask(piece.from, at))) add(piece, answer, spans)
  }
  return [...areas.values()].map((area) => ({ protocol, ...area, first: join(area.first) }))
}

const isWhole = (spans: Intervals, { whole }: Axes): boolean =>
  spans.length === 1 && spans[0]?.from === whole.from && spans[0].until === whole.until

const trafficOf = ({ protocol, first, second }: Area<string>): Traffic => {
  const axes = axesOf(protocol)
  const [a, b] = axes.fields
  return {
    protocol: protocolNamed(protocol),
    ...(isWhole(first, axes) ? {} : { [a]: first.map(printRange) }),
    ...(isWhole(second, axes) ? {} : { [b]: second.map(printRange) }),
  }
}

/** Whether it is all there is of its protocol. */
const isAll = ({ protocol, first, second }: Area<string>): boolean =>
  isWhole(first, axesOf(protocol)) && isWhole(second, axesOf(protocol))

/** The areas of one answer. Where protocols that nobody mentions are among them, these are all but some. */
const list = (areas: ReadonlyArray<Area<string>>, known: ReadonlyArray<number>): ReadonlyArray<Traffic> => {
  const all = new Set<number>()
  const parts: Array<Area<string>> = []
  let isOfMentioned = true
  for (const area of areas) {
    if (isAll(area)) {
      all.add(area.protocol)
      if (!known.includes(area.protocol)) isOfMentioned = false
    } else parts.push(area)
  }
  if (isOfMentioned) return areas.map(trafficOf)
  const missing = known.filter((protocol) => !all.has(protocol))
  return [missing.length === 0 ? {} : { notProtocols: missing.map(protocolNamed) }, ...parts.map(trafficOf)]
}

const lastProtocol = 255

/** The protocols that are looked at one by one, and one that stands for all others, if there are any. */
export const protocolsOf = (
  mentioned: ReadonlyArray<number>,
): { readonly known: ReadonlyArray<number>; readonly other: number | undefined } => {
  const inOrder = mentioned.filter((it) => it >= 1 && it <= lastProtocol).sort((a, b) => a - b)
  const known = new Set([...namedProtocols, ...inOrder])
  let other = 1
  while (known.has(other)) other++
  return { known: [...known], other: other > lastProtocol ? undefined : other }
}

/** The traffic of each answer, in the words of rules. */
export const listed = <Answer extends string>(
  areas: ReadonlyArray<Area<Answer>>,
  known: ReadonlyArray<number>,
): ReadonlyMap<Answer, ReadonlyArray<Traffic>> => {
  const alike = new Map<Answer, Array<Area<Answer>>>()
  for (const area of areas) {
    const those = alike.get(area.answer)
    if (those === undefined) alike.set(area.answer, [area])
    else those.push(area)
  }
  const found = new Map<Answer, ReadonlyArray<Traffic>>()
  for (const [answer, those] of alike) found.set(answer, list(those, known))
  return found
}

/**
 * All traffic there is, by answer: the same answers make the same lists, whatever was mentioned. Protocols
 * that are not mentioned are alike: one of them stands for all.
 */
export const partition = <Answer extends string>(
  mentioned: ReadonlyArray<number>,
  inquire: (protocol: number) => Inquiry<Answer>,
): ReadonlyMap<Answer, ReadonlyArray<Traffic>> => {
  const { known, other } = protocolsOf(mentioned)
  const protocols = other === undefined ? known : [...known, other]
  return listed(
    protocols.flatMap((protocol) => areasOf(protocol, inquire(protocol))),
    known,
  )
}
