import { covers } from '../../net/interval.js'
import { printRange } from '../../net/port-range.js'
import type { Decision } from '../evaluate/reason.js'
import { type Area, areasOf, type Inquiry, listed, protocolsOf } from './partition.js'
import { axesOf, type ConnectionSet } from './traffic.js'

/** What becomes of the packets of a protocol; the same value for what is the same. */
interface Field {
  readonly id: number
  readonly areas: ReadonlyArray<Area<Decision>>
  /** Where all fare alike. */
  readonly only: Decision | undefined
}

/** What becomes of all traffic there is, by the policies of one end. */
export interface Region {
  /** The same for regions that are the same. */
  readonly id: number
  readonly mentioned: ReadonlyArray<number>
  readonly fieldOf: (protocol: number) => Field
  /** What gets past it and another one, by that one's number, as far as it was asked. */
  readonly past: Array<ConnectionSet | undefined>
}

/** Makes regions, each once, and puts those of two ends together. */
export interface Regions {
  readonly of: (mentioned: ReadonlyArray<number>, inquire: (protocol: number) => Inquiry<Decision>) => Region
  /** What gets past both. */
  readonly past: (one: Region, other: Region) => ConnectionSet
}

const decisionAt = ({ areas }: Field, first: number, second: number): Decision =>
  areas.find((it) => covers(it.first, first) && covers(it.second, second))?.answer ?? 'denied'

/** Of the decisions of both ends, what becomes of it. */
const together = (one: Decision, other: Decision): Decision => {
  if (one === 'denied' || other === 'denied') return 'denied'
  return one === 'allowed' ? other : one
}

const startOf = (protocol: number): readonly [number, number] => {
  const { from } = axesOf(protocol).whole
  return [from, from]
}

const textOf = (areas: ReadonlyArray<Area<Decision>>): string =>
  areas
    .map(({ answer, first, second }) => `${answer} ${first.map(printRange)} ${second.map(printRange)}`)
    .join(';')

const fieldTable = () => {
  const fields = new Map<string, Field>()
  const ofAreas = (areas: ReadonlyArray<Area<Decision>>): Field => {
    const text = `${areas[0]?.protocol} ${textOf(areas)}`
    const there = fields.get(text)
    if (there !== undefined) return there
    const fresh = { id: fields.size, areas, only: areas.length === 1 ? areas[0]?.answer : undefined }
    fields.set(text, fresh)
    return fresh
  }
  const uniforms = new Map<string, Field>()
  /** All packets of a protocol fare alike. */
  const uniform = (protocol: number, answer: Decision): Field => {
    const key = `${protocol} ${answer}`
    const { whole } = axesOf(protocol)
    const field = uniforms.get(key) ?? ofAreas([{ protocol, answer, first: [whole], second: [whole] }])
    uniforms.set(key, field)
    return field
  }
  const pairs: Array<Array<Field | undefined>> = []
  const overlaid = (protocol: number, one: Field, other: Field): Field =>
    ofAreas(
      areasOf(protocol, {
        breakpoints: [
          [...one.areas, ...other.areas].flatMap(({ first }) => first),
          [...one.areas, ...other.areas].flatMap(({ second }) => second),
        ],
        ask: (first, second) => together(decisionAt(one, first, second), decisionAt(other, first, second)),
      }),
    )
  const both = (protocol: number, one: Field, other: Field): Field => {
    if (one === other || one.only === 'denied' || other.only === 'allowed') return one
    if (other.only === 'denied' || one.only === 'allowed') return other
    const row = pairs[one.id] ?? []
    pairs[one.id] = row
    const there = row[other.id] ?? overlaid(protocol, one, other)
    row[other.id] = there
    return there
  }
  return { ofAreas, uniform, both }
}

export const regionTable = (): Regions => {
  const fields = fieldTable()
  const regions = new Map<string, Region>()
  const values = new Map<string, ConnectionSet>()
  const of: Regions['of'] = (mentioned, inquire) => {
    const { known, other } = protocolsOf(mentioned)
    const fieldFor = (protocol: number, inquiry: Inquiry<Decision>): Field => {
      const [first, second] = inquiry.breakpoints
      return first.length + second.length === 0
        ? fields.uniform(protocol, inquiry.ask(...startOf(protocol)))
        : fields.ofAreas(areasOf(protocol, inquiry))
    }
    const ofRest = other === undefined ? undefined : inquire(other)
    const rest = other === undefined || ofRest === undefined ? undefined : fieldFor(other, ofRest)
    const ofUnmentioned = ofRest?.isPlain === true ? rest?.only : undefined
    const made = (protocol: number): Field =>
      ofUnmentioned === undefined || mentioned.includes(protocol)
        ? fieldFor(protocol, inquire(protocol))
        : fields.uniform(protocol, ofUnmentioned)
    const byProtocol = new Map(known.map((protocol) => [protocol, made(protocol)]))
    const alike = new Map<number, Field>()
    /** Another protocol that nobody mentions, which fares as the one that stands for all of them. */
    const unmentioned = (protocol: number): Field => {
      const there =
        alike.get(protocol) ?? fields.ofAreas(rest?.areas.map((area) => ({ ...area, protocol })) ?? [])
      alike.set(protocol, there)
      return there
    }
    const key = `${known.join()} ${[...byProtocol.values(), rest].map((it) => it?.id).join()}`
    const region: Region = regions.get(key) ?? {
      id: regions.size,
      mentioned,
      fieldOf: (protocol) => byProtocol.get(protocol) ?? unmentioned(protocol),
      past: [],
    }
    regions.set(key, region)
    return region
  }
  const joined = (one: Region, other: Region): ConnectionSet => {
    const { known, other: rest } = protocolsOf([...one.mentioned, ...other.mentioned])
    const protocols = rest === undefined ? known : [...known, rest]
    const areas = protocols.flatMap((it) => fields.both(it, one.fieldOf(it), other.fieldOf(it)).areas)
    const found = listed(areas, known)
    const set = { allowed: found.get('allowed') ?? [], unknown: found.get('unknown') ?? [] }
    const text = JSON.stringify(set)
    const value = values.get(text) ?? set
    values.set(text, value)
    return value
  }
  return {
    of,
    past: (one, other) => {
      const there = one.past[other.id] ?? joined(one, other)
      one.past[other.id] = there
      return there
    },
  }
}
