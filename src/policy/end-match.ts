import type { EntityRule } from '../model/entity-rule.js'
import type { Selector } from '../selector/ast.js'
import { matcher } from '../selector/match.js'
import { all, certain, not, type Test } from './certainty.js'
import type { Known } from './known.js'
import { networkSpan } from './network.js'
import { read, scopeOf } from './scope.js'
import { covers } from './span.js'

const unknown = () => 'unknown' as const

const selected = (selector: Selector | undefined): Test<Known> => {
  if (selector === undefined) return unknown
  const matches = matcher(selector)
  return ({ labels, perhaps }) =>
    !labels.some(matches) && perhaps.some(matches) ? 'unknown' : certain(labels.some(matches))
}

const within = (nets: ReadonlyArray<string>): Test<Known> => {
  const spans = nets.flatMap((net) => networkSpan(net) ?? [])
  return ({ place }) => (place === undefined ? 'unknown' : certain(covers(spans, place)))
}

/** Whether an endpoint is one that this end of a rule means, in a policy of that namespace or a global one. Ports aside. */
export const endMatcher = (end: EntityRule, namespace: string | undefined): Test<Known> => {
  const scope = scopeOf(end, namespace)
  return all([
    ...(scope === 'all' ? [] : [selected(scope)]),
    ...(end.notSelector ? [not(selected(read(end.notSelector)))] : []),
    ...(end.nets?.length ? [within(end.nets)] : []),
    ...(end.notNets?.length ? [not(within(end.notNets))] : []),
    ...(end.services === undefined ? [] : [unknown]),
  ])
}
