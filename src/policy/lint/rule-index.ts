import type { Interval } from '../../net/interval.js'
import { exampleOf } from '../../selector/satisfiable.js'
import { restrictionsOf } from '../compile/selector-restriction.js'
import type { End, Match } from './match.js'

/** Places of rules in a list, those of each array in order. */
type Places = ReadonlyArray<ReadonlyArray<number>>

/** Rules, found without holding each against each: what is found may cover or be covered, all else surely is not. */
export interface RuleIndex {
  readonly covering: (match: Match) => Places
  readonly covered: (match: Match) => Places
}

const ends = ['source', 'destination'] as const

/** So many ports or networks are looked up one by one. */
const mostKeys = 32

/** Open bits of networks that are looked up: for IPv4 whole bytes, for IPv6 what is usual. */
const sizes: ReadonlyArray<bigint> = [0n, 8n, 16n, 24n, 64n, 80n]

const netKey = (from: bigint, bits: bigint): string => `net ${bits} ${from >> bits}`

/** The key that all within a network share; none for one that is very large. */
const keyOfNet = (net: Interval<bigint> | undefined): string | undefined => {
  if (net === undefined) return undefined
  const bits = sizes.find((it) => net.until - net.from <= 1n << it)
  return bits === undefined ? undefined : netKey(net.from, bits)
}

const keysOfPorts = ({ ports: { given, numbers, names } }: End): ReadonlyArray<string> | undefined => {
  const count = numbers.reduce((sum, { from, until }) => sum + until - from, names.length)
  if (given.length === 0 || count > mostKeys) return undefined
  const all = numbers.flatMap(({ from, until }) => Array.from({ length: until - from }, (_, i) => from + i))
  return [...all, ...names].map((port) => `port ${port}`)
}

const keysOfNets = ({ nets: { given, addresses } }: End): ReadonlyArray<string> | undefined => {
  if (given.length === 0 || given.length > mostKeys) return undefined
  const keys = addresses.flatMap((net) => keyOfNet(net) ?? [])
  return keys.length < given.length ? undefined : keys
}

type Option = ReadonlyArray<string>

/** What a rule asks for, each by itself: whatever it covers has one of the keys of each. */
const optionsOf = (match: Match): ReadonlyArray<Option> => [
  ...(match.protocol === undefined ? [] : [[`protocol ${match.protocol}`]]),
  ...ends.flatMap((end) => {
    const { scope } = match[end]
    const labels = scope === undefined || scope === 'all' ? [] : restrictionsOf(scope)
    const options: ReadonlyArray<Option> = [
      ...labels.map(({ key, values }) =>
        values === undefined ? [`has ${key}`] : values.map((value) => `is ${key} ${value}`),
      ),
      keysOfPorts(match[end]) ?? [],
      keysOfNets(match[end]) ?? [],
    ]
    return options.filter(({ length }) => length > 0).map((keys) => keys.map((key) => `${end} ${key}`))
  }),
]

/** The keys of some of what an end means; none where that is not easy to say. */
const keysAtEnd = ({ scope, ports, nets }: End): ReadonlyArray<string> | undefined => {
  const labels = scope === undefined || scope === 'all' ? {} : exampleOf(scope)
  if (labels === undefined) return undefined
  const port = ports.numbers[0]?.from ?? ports.names[0]
  const net = nets.addresses[0]
  return [
    ...Object.entries(labels).flatMap(([key, value]) => [`has ${key}`, `is ${key} ${value}`]),
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(net === undefined ? [] : sizes.map((bits) => netKey(net.from, bits))),
  ]
}

const keysOf = (match: Match): ReadonlyArray<string> | undefined => {
  const [source, destination] = [keysAtEnd(match.source), keysAtEnd(match.destination)]
  if (source === undefined || destination === undefined) return undefined
  return [
    ...(match.protocol === undefined ? [] : [`protocol ${match.protocol}`]),
    ...source.map((key) => `source ${key}`),
    ...destination.map((key) => `destination ${key}`),
  ]
}

type Buckets = Map<string, Array<number>>

const put = (buckets: Buckets, key: string, place: number): void => {
  const there = buckets.get(key)
  if (there === undefined) buckets.set(key, [place])
  else there.push(place)
}

const leastOf = (buckets: Buckets, options: ReadonlyArray<Option>): Option | undefined => {
  const crowd = (keys: Option): number =>
    keys.reduce((sum, key) => sum + 1 + (buckets.get(key)?.length ?? 0), 0)
  const [first, ...rest] = options
  return first && rest.reduce((least, it) => (crowd(it) < crowd(least) ? it : least), first)
}

export const ruleIndex = (matches: ReadonlyArray<Match>): RuleIndex => {
  const all = matches.map((_, place) => place)
  /** Each rule by what it asks for, in the least crowded place, and by all keys of some of what it means. */
  const [wide, narrow]: readonly [Buckets, Buckets] = [new Map(), new Map()]
  const [anywhere, unclear]: readonly [Array<number>, Array<number>] = [[], []]
  matches.forEach((match, place) => {
    const option = leastOf(wide, optionsOf(match))
    if (option === undefined) anywhere.push(place)
    for (const key of new Set(option)) put(wide, key, place)
    const keys = keysOf(match)
    if (keys === undefined) unclear.push(place)
    for (const key of keys ?? []) put(narrow, key, place)
  })
  const at = (buckets: Buckets, keys: ReadonlyArray<string>): Places =>
    keys.flatMap((key) => {
      const bucket = buckets.get(key)
      return bucket === undefined ? [] : [bucket]
    })
  return {
    covering: (match) => {
      const keys = keysOf(match)
      return keys === undefined ? [all] : [anywhere, ...at(wide, keys)]
    },
    covered: (match) => {
      const option = leastOf(narrow, optionsOf(match))
      return option === undefined ? [all] : [unclear, ...at(narrow, [...new Set(option)])]
    },
  }
}

/** What is in some of the arrays, once and in order; `undefined` where it may be more than so many. */
export const placesIn = (places: Places, most: number): ReadonlyArray<number> | undefined => {
  if (places.reduce((sum, { length }) => sum + length, 0) > most) return undefined
  return [...new Set(places.flat())].sort((a, b) => a - b)
}
