import type { Path } from '../../error.js'
import type { Port } from '../../model/port.js'
import { networkInterval } from '../../net/cidr.js'
import { encloses, type Interval, join, overlap } from '../../net/interval.js'
import { implies, mayMatch } from '../../selector/satisfiable.js'
import { portInterval } from '../compile/port-interval.js'
import type { End, Match } from './match.js'

/** Whether each of the nets is within one of the others. */
export const areNetsWithin = (nets: ReadonlyArray<string>, others: ReadonlyArray<string>): boolean => {
  const spans = others.flatMap((other) => networkInterval(other) ?? [])
  return nets.every((net) => {
    const span = networkInterval(net)
    return span !== undefined && encloses(spans, span)
  })
}

const ends = ['source', 'destination'] as const

/** A list in a rule says nothing when it is empty. */
const isListWider = <A>(
  wide: ReadonlyArray<A>,
  narrow: ReadonlyArray<A>,
  within: (some: ReadonlyArray<A>, others: ReadonlyArray<A>) => boolean,
): boolean => wide.length === 0 || (narrow.length > 0 && within(narrow, wide))

const isScopeWider = (wide: End['scope'], narrow: End['scope']): boolean => {
  if (wide === 'all') return true
  return wide !== undefined && narrow !== undefined && narrow !== 'all' && implies(narrow, wide)
}

const excludesLess = (wide: End['notSelector'], narrow: End['notSelector']): boolean => {
  if (wide === 'none') return true
  return wide !== undefined && narrow !== undefined && narrow !== 'none' && implies(wide, narrow)
}

const isEndWider = (wide: End, narrow: End): boolean =>
  (wide.services === '' || wide.services === narrow.services) &&
  isListWider(wide.ports, narrow.ports, arePortsWithin) &&
  arePortsWithin(wide.notPorts, narrow.notPorts) &&
  isListWider(wide.nets, narrow.nets, areNetsWithin) &&
  areNetsWithin(wide.notNets, narrow.notNets) &&
  isScopeWider(wide.scope, narrow.scope) &&
  excludesLess(wide.notSelector, narrow.notSelector)

const isSame = <A>(wide: A, narrow: A, unsaid: A): boolean => wide === unsaid || wide === narrow

/** Named ports without a protocol are those of each protocol that has the name. */
const hasPorts = (match: Match): boolean =>
  ends.some((end) => match[end].ports.length > 0 || match[end].notPorts.length > 0)

const isProtocolWider = (wide: Match, narrow: Match): boolean => {
  const excluded = wide.notProtocol
  const isOther = narrow.protocol !== undefined && narrow.protocol !== excluded
  return (
    (wide.protocol === narrow.protocol || (wide.protocol === undefined && !hasPorts(wide))) &&
    (excluded === undefined || isOther || narrow.notProtocol === excluded)
  )
}

/** Whether the first rule provably matches all traffic that the second one does. */
export const covers = (wide: Match, narrow: Match): boolean =>
  isProtocolWider(wide, narrow) &&
  isSame(wide.ipVersion, narrow.ipVersion, undefined) &&
  isSame(wide.icmp, narrow.icmp, '') &&
  isSame(wide.notICMP, narrow.notICMP, '') &&
  isSame(wide.http, narrow.http, '') &&
  ends.every((end) => isEndWider(wide[end], narrow[end]))

/** Whether no traffic is matched by both rules, provably. */
export const areApart = (one: Match, other: Match): boolean => {
  const differ = <A>(a: A | undefined, b: A | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b
  return (
    differ(one.protocol, other.protocol) ||
    differ(one.ipVersion, other.ipVersion) ||
    ends.some((end) => {
      const [a, b] = [one[end].ports, other[end].ports]
      return a.length > 0 && b.length > 0 && arePortsApart(a, b)
    })
  )
}

const allPorts = ['1:65535']

/** The field by which an end excludes everything it asks for. */
const emptiedBy = ({ scope, notSelector, nets, notNets, ports, notPorts }: End): keyof End | undefined => {
  if (nets.length > 0 && areNetsWithin(nets, notNets)) return 'notNets'
  if (arePortsWithin(ports.length > 0 ? ports : allPorts, notPorts)) return 'notPorts'
  const isSelector =
    scope !== undefined && scope !== 'all' && notSelector !== undefined && notSelector !== 'none'
  return isSelector && implies(scope, notSelector) ? 'notSelector' : undefined
}

/** The path of the field by which a rule excludes everything it asks for, if it does. */
export const emptied = (match: Match): Path | undefined => {
  if (match.protocol !== undefined && match.protocol === match.notProtocol) return ['notProtocol']
  if (match.icmp !== '' && match.icmp === match.notICMP) return ['notICMP']
  for (const end of ends) {
    const field = emptiedBy(match[end])
    if (field !== undefined) return [end, field]
  }
  return undefined
}

/** Whether some traffic may be such as the rule asks for. */
export const isLive = (match: Match): boolean =>
  emptied(match) === undefined &&
  ends.every((end) => {
    const { scope } = match[end]
    return scope === undefined || scope === 'all' || mayMatch(scope)
  })

/**
 * Which of the rules decides at the latest on all that a match means. `undefined` where none does, or where one before
 * it does something else to some of that.
 */
export const decisionOn = (rules: ReadonlyArray<Match>, match: Match): number | undefined => {
  const before = new Set<string>()
  for (const [index, rule] of rules.entries()) {
    if (rule.action === 'Log' || areApart(rule, match)) continue
    before.add(rule.action)
    if (before.size > 1) return undefined
    if (covers(rule, match)) return index
  }
  return undefined
}

const numbersOf = (ports: ReadonlyArray<Port>): ReadonlyArray<Interval> =>
  join(ports.flatMap((port) => portInterval(port) ?? []))

/** Whether each of the ports is among the others; a name is only where it is named. */
export const arePortsWithin = (ports: ReadonlyArray<Port>, others: ReadonlyArray<Port>): boolean => {
  const numbers = numbersOf(others)
  return ports.every((port) => {
    const span = portInterval(port)
    return span === undefined ? others.includes(port) : encloses(numbers, span)
  })
}

/** Whether no number is among both. A name may stand for any. */
export const arePortsApart = (ports: ReadonlyArray<Port>, others: ReadonlyArray<Port>): boolean =>
  [...ports, ...others].every((port) => portInterval(port) !== undefined) &&
  !overlap(numbersOf(ports), numbersOf(others))
