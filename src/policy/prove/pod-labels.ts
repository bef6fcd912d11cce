import type { Next, Test } from '../../selector/match.js'
import { type Condition, type Way, waysOf } from './condition.js'
import { type FlowState, type OpenEnd, type Side, withEnd } from './flow-state.js'
import { absentLabel, anyLabel, anyValue, type LabelDomain, splitLabel } from './label-domain.js'

/** The namespace of a pod, and the name of its service account, stand under several keys. */
export const namespaceKey = 'projectcalico.org/namespace'
export const accountKey = 'projectcalico.org/serviceaccount'

const namespaceKeys = new Set([
  namespaceKey,
  'pcns.projectcalico.org/name',
  'pcns.kubernetes.io/metadata.name',
])
const variableOf = (key: string): string => (namespaceKeys.has(key) ? namespaceKey : key)

/** What a label of a pod may be where nothing is settled of it. */
const unsettled = (key: string): LabelDomain =>
  key === namespaceKey
    ? anyValue
    : key === 'projectcalico.org/orchestrator'
      ? { ...anyValue, values: ['k8s'] }
      : anyLabel

export const labelOf = ({ labels, hasAccount }: OpenEnd, key: string): LabelDomain =>
  hasAccount === false && key.startsWith('pcsa.') ? absentLabel : (labels.get(key) ?? unsettled(key))

/** The state with a label of an end settled further; `undefined` where that cannot be. */
const withLabel = (
  state: FlowState,
  side: Side,
  key: string,
  domain: LabelDomain | undefined,
): FlowState | undefined =>
  domain === undefined
    ? undefined
    : withEnd(state, side, { labels: new Map([...state[side].labels, [key, domain]]) })

/** The state with, or without, labels of a service account; `undefined` where that cannot be. */
const withAccount = (state: FlowState, side: Side, hasAccount: boolean): FlowState | undefined => {
  const end = state[side]
  if (end.hasAccount === hasAccount) return state
  if (end.hasAccount !== undefined) return undefined
  if (!hasAccount) {
    for (const [key, domain] of end.labels)
      if (key.startsWith('pcsa.') && !domain.mayBeAbsent) return undefined
    return withEnd(state, side, { hasAccount })
  }
  const named = { ...labelOf(end, accountKey), mayBeAbsent: false }
  if (named.values?.length === 0) return undefined
  return withEnd(state, side, { hasAccount, labels: new Map([...end.labels, [accountKey, named]]) })
}

const accountName = 'pcsa.projectcalico.org/name'

/** Whether a test holds where the label is absent. */
const holdsWithout = ({ _tag }: Test): boolean => _tag === 'Ne' || _tag === 'NotIn'

/** A label that is only absent has consequences: a pod without an account has no labels of one. */
const settled = (state: FlowState, side: Side, key: string, domain: LabelDomain | undefined) => {
  const next = withLabel(state, side, key, domain)
  if (next === undefined || domain === undefined) return undefined
  if (key.startsWith('pcsa.') && !domain.mayBeAbsent) return withAccount(next, side, true)
  const isAbsent = domain.mayBeAbsent && domain.values?.length === 0
  return key === accountKey && isAbsent ? withAccount(next, side, false) : next
}

const byKey = (state: FlowState, side: Side, key: string, test: Test): ReadonlyArray<Way> => {
  const { yes, no } = splitLabel(labelOf(state[side], key), test)
  return waysOf(settled(state, side, key, yes), settled(state, side, key, no))
}

/** A test of a label, of each part of a state that it tells apart. */
const byLabel = (state: FlowState, side: Side, test: Test): ReadonlyArray<Way> => {
  if (test.key !== accountName) return byKey(state, side, variableOf(test.key), test)
  const [there, gone] = [withAccount(state, side, true), withAccount(state, side, false)]
  return [
    ...(there === undefined ? [] : byKey(there, side, accountKey, test)),
    ...(gone === undefined ? [] : [{ state: gone, holds: holdsWithout(test) }]),
  ]
}

/** Whether a selector takes a pod, by its steps. */
export const bySelector =
  (side: Side, first: Next): Condition =>
  (state) => {
    const found: Array<Way> = []
    const todo: Array<readonly [FlowState, Next]> = [[state, first]]
    for (let it = todo.pop(); it !== undefined; it = todo.pop()) {
      const [now, next] = it
      if (typeof next === 'boolean') found.push({ state: now, holds: next })
      else
        for (const way of byLabel(now, side, next.test))
          todo.push([way.state, way.holds ? next.yes : next.no])
    }
    return found
  }
