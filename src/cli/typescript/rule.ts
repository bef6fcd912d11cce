import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { Rule } from '../../model/policy/rule.js'
import { type Code, method, object } from './code.js'
import { literal } from './literal.js'
import { type Direction, isMatch } from './match.js'
import { type SelectorStyle, selectorCode } from './selector.js'

const fieldsOf = (value: object, write: (field: string, value: unknown) => Code): Code =>
  object(
    Object.entries(value).flatMap(([field, it]) =>
      it === undefined ? [] : [[field, write(field, it)] as const],
    ),
  )

const selectorFields = ['selector', 'notSelector', 'namespaceSelector']

const endCode = (end: EntityRule, style: SelectorStyle): Code =>
  fieldsOf(end, (field, value) => {
    if (field === 'serviceAccounts' && typeof value === 'object' && value !== null)
      return endCode(value, style)
    return selectorFields.includes(field) ? selectorCode(String(value), style) : literal(value)
  })

const isEnd = (field: string): boolean => field === 'source' || field === 'destination'

/** The call that adds the rule to a policy, `.allowIngress({ … })`; undefined where its types do not take it. */
export const ruleCall = (rule: Rule, direction: Direction, style: SelectorStyle): Code | undefined => {
  if (!isMatch(rule, direction)) return undefined
  const { action, ...match } = rule
  const name = `${action.toLowerCase()}${direction}`
  if (Object.keys(match).length === 0) return method(name)
  return method(
    name,
    fieldsOf(match, (field, value) =>
      isEnd(field) && typeof value === 'object' && value !== null ? endCode(value, style) : literal(value),
    ),
  )
}
