import type { Path } from '../../error.js'
import { encloses, overlap } from '../../net/interval.js'
import { implies, mayMatch } from '../../selector/satisfiable.js'
import { type End, type Match, type Nets, type Ports, portsOf } from './match.js'

/** Whether each of the nets is within one of the others. */
export const areNetsWithin = (nets: Nets, others: Nets): boolean =>
  nets.addresses.every(
    (net) =>
      net !== undefined &&
      others.addresses.some(
        (other) => other !== undefined && other.from <= net.from && net.until <= other.until,
      ),
  )

const ends = ['source', 'destination'] as const

/** A list in a rule says nothing when it is empty. */
const isListWider = <A extends Ports | Nets>(
  wide: A,
  narrow: A,
  within: (some: A, others: A) => boolean,
): boolean => wide.given.length === 0 || (narrow.given.length > 0 && within(narrow, wide))

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
  ends.some((end) => match[end].ports.given.length > 0 || match[end].notPorts.given.length > 0)

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
const areApart = (one: Match, other: Match): boolean => {
  const differ = <A>(a: A | undefined, b: A | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b
  return (
    differ(one.protocol, other.protocol) ||
    differ(one.ipVersion, other.ipVersion) ||
    ends.some((end) => {
      const [a, b] = [one[end].ports, other[end].ports]
      return a.given.length > 0 && b.given.length > 0 && arePortsApart(a, b)
    })
  )
}

const allPorts = portsOf(['1:65535'])

/** The field by which an end excludes everything it asks for. */
const emptiedBy = ({ scope, notSelector, nets, notNets, ports, notPorts }: End): keyof End | undefined => {
  if (nets.given.length > 0 && areNetsWithin(nets, notNets)) return 'notNets'
  if (arePortsWithin(ports.given.length > 0 ? ports : allPorts, notPorts)) return 'notPorts'
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

/** Whether each of the ports is among the others; a name is only where it is named. */
const arePortsWithin = (ports: Ports, others: Ports): boolean =>
  ports.numbers.every((span) => encloses(others.numbers, span)) &&
  ports.names.every((name) => others.names.includes(name))

/** Whether no number is among both. A name may stand for any. */
const arePortsApart = (ports: Ports, others: Ports): boolean =>
  ports.names.length === 0 && others.names.length === 0 && !overlap(ports.numbers, others.numbers)
