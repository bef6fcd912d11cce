import { parseAddresses, printAddresses } from '../../net/cidr.js'
import { type Interval, join } from '../../net/interval.js'
import type { Member, PeerGroup } from './class-connectivity.js'

/** So many members are named; the others are counted. */
const mostNamed = 3

const isNetwork = ({ addresses }: Member): boolean => addresses !== undefined

/** Each network once, with all its parts that are among the members. */
const wholeNetworks = (members: ReadonlyArray<Member>): ReadonlyArray<Member> => {
  const spans = new Map<string, Array<Interval<bigint>>>()
  for (const { name, addresses = [] } of members.filter(isNetwork)) {
    const known = spans.get(name) ?? []
    spans.set(name, known)
    known.push(...addresses.flatMap((text) => parseAddresses(text) ?? []))
  }
  return [...spans].map(([name, parts]) => ({ name, addresses: join(parts).map(printAddresses) }))
}

const ends = (members: ReadonlyArray<Member>): ReadonlyArray<Member> => members.filter((it) => !isNetwork(it))

const printMember = ({ name, addresses }: Member): string =>
  addresses === undefined ? name : `${name} (${addresses.join(', ')})`

/** A class, named by its first members. Networks are never but counted: whoever may be outside is what a reader looks for. */
export const printMembers = (members: ReadonlyArray<Member>): string => {
  const [networks, others] = [wholeNetworks(members), ends(members)]
  const rest = networks.length + others.length - mostNamed
  const all = rest > 0 ? [...networks, ...others] : [...others, ...networks]
  const names = all.slice(0, mostNamed).map(printMember)
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}

/** Several classes, each named by its first members, and the networks that are in them. */
export const printGroups = (groups: ReadonlyArray<PeerGroup>): string => {
  const members = groups.flatMap((it) => it.members)
  const named = groups
    .map((it) => ends(it.members))
    .filter((it) => it.length > 0)
    .map(printMembers)
  return [...named, ...wholeNetworks(members).map(printMember)].join(', ')
}
