import { printAddresses } from '../../net/cidr.js'
import { join } from '../../net/interval.js'
import type { Selector } from '../../selector/ast.js'
import { and, not } from '../../selector/combination.js'
import { contains, endsWith, eq, has, isIn, notIn, startsWith } from '../../selector/condition.js'
import { printSelector } from '../../selector/print.js'
import { anyEnd, type OpenEnd } from './flow-state.js'
import type { LabelDomain } from './label-domain.js'
import { accountKey, namespaceKey } from './pod-labels.js'

/** Who may be at an end, in the words of a rule: what is left out may be anything. */
export type Who =
  | {
      readonly _tag: 'Pods'
      readonly selector?: string
      readonly namespaceSelector?: string
      readonly serviceAccountSelector?: string
      /** CIDRs, or `first-last`. */
      readonly addresses?: ReadonlyArray<string>
    }
  | { readonly _tag: 'Addresses'; readonly addresses: ReadonlyArray<string> }

const texts = { start: startsWith, end: endsWith, any: contains } as const

/** What is settled of a label, as conditions of a selector. */
const conditionsOf = (key: string, domain: LabelDomain): ReadonlyArray<Selector> => {
  const { mayBeAbsent, values, not: excluded, texts: facts } = domain
  if (values !== undefined) {
    const [first, ...rest] = values
    if (first === undefined) return [not(has(key))]
    return [rest.length === 0 ? eq(key, first) : isIn(key, [first, ...rest])]
  }
  const [first, ...rest] = excluded
  const isSaid = facts.some(({ holds }) => holds)
  return [
    ...(mayBeAbsent || isSaid ? [] : [has(key)]),
    ...(first === undefined ? [] : [notIn(key, [first, ...rest])]),
    ...facts.map(({ part, text, holds }) => {
      const condition = texts[part](key, text)
      return holds ? condition : not(condition)
    }),
  ]
}

const selectorText = (conditions: ReadonlyArray<Selector>): string | undefined => {
  const [first, ...rest] = conditions
  return first === undefined ? undefined : printSelector(and(first, ...rest))
}

const name = 'projectcalico.org/name'

export const describeEnd = ({ isPod, labels, addresses }: OpenEnd, family: 4 | 6): Who => {
  const printed = join(addresses).map(printAddresses)
  if (!isPod) return { _tag: 'Addresses', addresses: printed }
  const own: Array<Selector> = []
  const ofNamespace: Array<Selector> = []
  const ofAccount: Array<Selector> = []
  for (const [key, domain] of labels) {
    if (key === namespaceKey) ofNamespace.push(...conditionsOf(name, { ...domain, mayBeAbsent: true }))
    else if (key === accountKey) ofAccount.push(...conditionsOf(name, domain))
    else if (key.startsWith('pcns.')) ofNamespace.push(...conditionsOf(key.slice(5), domain))
    else if (key.startsWith('pcsa.')) ofAccount.push(...conditionsOf(key.slice(5), domain))
    else own.push(...conditionsOf(key, domain))
  }
  const [selector, namespaceSelector, serviceAccountSelector] = [own, ofNamespace, ofAccount].map(
    selectorText,
  )
  const isAnywhere = join(anyEnd(true, family).addresses).map(printAddresses).join() === printed.join()
  return {
    _tag: 'Pods',
    ...(selector === undefined ? {} : { selector }),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
    ...(serviceAccountSelector === undefined ? {} : { serviceAccountSelector }),
    ...(isAnywhere ? {} : { addresses: printed }),
  }
}

/** Who it is as text for people. */
export const printWho = (who: Who): string => {
  if (who._tag === 'Addresses') return who.addresses.join(', ')
  const parts = [
    ...(who.selector === undefined ? [] : [`with ${who.selector}`]),
    ...(who.namespaceSelector === undefined ? [] : [`of namespaces with ${who.namespaceSelector}`]),
    ...(who.serviceAccountSelector === undefined
      ? []
      : [`of service accounts with ${who.serviceAccountSelector}`]),
    ...(who.addresses === undefined ? [] : [`at ${who.addresses.join(', ')}`]),
  ]
  return parts.length === 0 ? 'any pod' : `any pod ${parts.join(', ')}`
}
