import type { EntityRule } from '../model/entity-rule.js'
import type { Selector } from '../selector/ast.js'
import { matcher } from '../selector/match.js'
import { all, certain, negate, not, type Test } from './certainty.js'
import type { Known } from './known.js'
import { familyAt, networkSpan } from './network.js'
import { read, scopeOf } from './scope.js'
import { covers } from './span.js'

const unknown = () => 'unknown' as const

const selected = (selector: Selector | undefined): Test<Known> => {
  if (selector === undefined) return unknown
  const matches = matcher(selector)
  return ({ labels, perhaps }) =>
    !labels.some(matches) && perhaps.some(matches) ? 'unknown' : certain(labels.some(matches))
}

/** A network that cannot be read may be any. */
const within = (nets: ReadonlyArray<string>): Test<Known> => {
  const spans = nets.flatMap((net) => networkSpan(net) ?? [])
  const unreadable = spans.length < nets.length
  return ({ place }) => {
    if (place !== undefined && covers(spans, place)) return 'yes'
    return place === undefined || unreadable ? 'unknown' : 'no'
  }
}

/**
 * Outside of networks, among the addresses of their families: a rule that names networks of IPv4 is none for IPv6.
 *
 * **Source**: `felix/rules/policy.go`, FilterRuleToIPVersion.
 */
const outside = (nets: ReadonlyArray<string>): Test<Known> => {
  const inside = within(nets)
  const families = nets.map(networkSpan).map((span) => span && familyAt(span.from))
  return (known) => {
    const family = known.place === undefined ? undefined : familyAt(known.place)
    const isMeant = family === undefined || families.includes(family) || families.includes(undefined)
    return isMeant ? negate(inside(known)) : 'no'
  }
}

/** Whether an endpoint is one that this end of a rule means, in a policy of that namespace or a global one. Ports aside. */
export const endMatcher = (end: EntityRule, namespace: string | undefined): Test<Known> => {
  const scope = scopeOf(end, namespace)
  return all([
    ...(scope === 'all' ? [] : [selected(scope)]),
    ...(end.notSelector ? [not(selected(read(end.notSelector)))] : []),
    ...(end.nets?.length ? [within(end.nets)] : []),
    ...(end.notNets?.length ? [outside(end.notNets)] : []),
    ...(end.services === undefined ? [] : [unknown]),
  ])
}
