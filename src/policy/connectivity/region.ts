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
  readonly fields: ReadonlyMap<number, Field>
  /** Of the protocol that stands for those that nobody mentions, and of these, as far as they were asked about. */
  readonly rest: Field | undefined
  readonly alike: Map<number, Field>
  /** What gets past it and another one, by that one's number, as far as it was asked. */
  readonly past: Array<ConnectionSet | undefined>
}

/** Fields by what becomes of their packets, and two of them put together. */
interface Fields {
  readonly byText: Map<string, Field>
  readonly uniforms: Map<string, Field>
  readonly pairs: Array<Array<Field | undefined> | undefined>
}

/** Regions, each made once, and what gets past two of them. */
export interface Regions {
  readonly fields: Fields
  readonly byText: Map<string, Region>
  readonly values: Map<string, ConnectionSet>
}

export const regionTable = (): Regions => ({
  fields: { byText: new Map(), uniforms: new Map(), pairs: [] },
  byText: new Map(),
  values: new Map(),
})

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

const textOf = (areas: ReadonlyArray<Area<Decision>>): string => {
  let text = `${areas[0]?.protocol} `
  for (const { answer, first, second } of areas)
    text += `${answer} ${first.map(printRange)} ${second.map(printRange)};`
  return text
}

const fieldOfAreas = ({ byText }: Fields, areas: ReadonlyArray<Area<Decision>>): Field => {
  const text = textOf(areas)
  const there = byText.get(text)
  if (there !== undefined) return there
  const fresh: Field = { id: byText.size, areas, only: areas.length === 1 ? areas[0]?.answer : undefined }
  byText.set(text, fresh)
  return fresh
}

/** All packets of a protocol fare alike. */
const uniform = (fields: Fields, protocol: number, answer: Decision): Field => {
  const key = `${protocol} ${answer}`
  const there = fields.uniforms.get(key)
  if (there !== undefined) return there
  const { whole } = axesOf(protocol)
  const field = fieldOfAreas(fields, [{ protocol, answer, first: [whole], second: [whole] }])
  fields.uniforms.set(key, field)
  return field
}

const overlaid = (fields: Fields, protocol: number, one: Field, other: Field): Field => {
  const areas = [...one.areas, ...other.areas]
  return fieldOfAreas(
    fields,
    areasOf(protocol, {
      breakpoints: [areas.flatMap(({ first }) => first), areas.flatMap(({ second }) => second)],
      ask: (first, second) => together(decisionAt(one, first, second), decisionAt(other, first, second)),
    }),
  )
}

const bothFields = (fields: Fields, protocol: number, one: Field, other: Field): Field => {
  if (one === other || one.only === 'denied' || other.only === 'allowed') return one
  if (other.only === 'denied' || one.only === 'allowed') return other
  const row = fields.pairs[one.id] ?? []
  fields.pairs[one.id] = row
  const there = row[other.id]
  if (there !== undefined) return there
  const field = overlaid(fields, protocol, one, other)
  row[other.id] = field
  return field
}

const fieldFor = (fields: Fields, protocol: number, inquiry: Inquiry<Decision>): Field => {
  const [first, second] = inquiry.breakpoints
  return first.length + second.length === 0
    ? uniform(fields, protocol, inquiry.ask(...startOf(protocol)))
    : fieldOfAreas(fields, areasOf(protocol, inquiry))
}

/** Where so much is mentioned, and each protocol is asked about so. */
export const regionWhere = (
  { fields, byText }: Regions,
  mentioned: ReadonlyArray<number>,
  inquire: (protocol: number) => Inquiry<Decision>,
): Region => {
  const { known, other } = protocolsOf(mentioned)
  const ofRest = other === undefined ? undefined : inquire(other)
  const rest = other === undefined || ofRest === undefined ? undefined : fieldFor(fields, other, ofRest)
  const ofUnmentioned = ofRest?.isPlain === true ? rest?.only : undefined
  const byProtocol = new Map<number, Field>()
  let key = ''
  for (const protocol of known) {
    const field =
      ofUnmentioned === undefined || mentioned.includes(protocol)
        ? fieldFor(fields, protocol, inquire(protocol))
        : uniform(fields, protocol, ofUnmentioned)
    byProtocol.set(protocol, field)
    key += `${protocol}:${field.id},`
  }
  key += `${rest?.id}`
  const there = byText.get(key)
  if (there !== undefined) return there
  const region: Region = {
    id: byText.size,
    mentioned,
    fields: byProtocol,
    rest,
    alike: new Map(),
    past: [],
  }
  byText.set(key, region)
  return region
}

/** Another protocol that nobody mentions, which fares as the one that stands for all of them. */
const unmentioned = (fields: Fields, { rest, alike }: Region, protocol: number): Field => {
  const there = alike.get(protocol)
  if (there !== undefined) return there
  const made = fieldOfAreas(fields, rest?.areas.map((area) => ({ ...area, protocol })) ?? [])
  alike.set(protocol, made)
  return made
}

const fieldAt = (fields: Fields, region: Region, protocol: number): Field =>
  region.fields.get(protocol) ?? unmentioned(fields, region, protocol)

const joined = ({ fields, values }: Regions, one: Region, other: Region): ConnectionSet => {
  const { known, other: rest } = protocolsOf([...one.mentioned, ...other.mentioned])
  const areas: Array<Area<Decision>> = []
  for (const protocol of rest === undefined ? known : [...known, rest]) {
    const [a, b] = [fieldAt(fields, one, protocol), fieldAt(fields, other, protocol)]
    areas.push(...bothFields(fields, protocol, a, b).areas)
  }
  const found = listed(areas, known)
  const set = { allowed: found.get('allowed') ?? [], unknown: found.get('unknown') ?? [] }
  const text = JSON.stringify(set)
  const value = values.get(text) ?? set
  values.set(text, value)
  return value
}

/** What gets past both. */
export const past = (regions: Regions, one: Region, other: Region): ConnectionSet => {
  const there = one.past[other.id]
  if (there !== undefined) return there
  const set = joined(regions, one, other)
  one.past[other.id] = set
  return set
}
