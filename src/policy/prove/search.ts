import type { Condition } from './condition.js'
import type { DirectionChain } from './direction-chain.js'
import type { FlowState } from './flow-state.js'

/** So many cases may still be looked at. */
export interface Budget {
  left: number
}

export type Answer = 'allowed' | 'denied'

/** How far flows got in a chain. */
interface Cursor {
  /** The policy that is asked next, and its rule; before the first, whether it selects the pod. */
  readonly policy: number
  readonly rule: number
  /** The tier of a policy that selected the pod; what ends it, unless the next is of the same tier. */
  readonly tier: number | undefined
  /** Whether some policy has selected the pod. */
  readonly isCaptured: boolean
  readonly answer?: Answer
}

const start: Cursor = { policy: 0, rule: -1, tier: undefined, isCaptured: false }

interface Step {
  readonly state: FlowState
  readonly cursor: Cursor
}

/** The next thing that is asked, and where each answer leads. */
const advance = (chain: DirectionChain, cursor: Cursor, state: FlowState): ReadonlyArray<Step> => {
  const { policy: place, rule: index, tier } = cursor
  const policy = chain[place]
  if (tier !== undefined && policy?.place !== tier) {
    const ended = chain[place - 1]
    return ended?.endsWith === 'Pass'
      ? [{ state, cursor: { ...cursor, tier: undefined } }]
      : [{ state, cursor: { ...cursor, answer: 'denied' } }]
  }
  // What every tier passes on, the namespace's profile allows.
  if (policy === undefined) return [{ state, cursor: { ...cursor, answer: 'allowed' } }]
  const next: Cursor = { ...cursor, policy: place + 1, rule: -1 }
  const ask = (condition: Condition, yes: Cursor, no: Cursor): ReadonlyArray<Step> =>
    condition(state).map((way) => ({ state: way.state, cursor: way.holds ? yes : no }))
  if (index < 0) {
    const chosen = policy.isOwn ? { tier: policy.place, isCaptured: true } : {}
    return ask(policy.selects, { ...cursor, ...chosen, rule: 0 }, next)
  }
  const rule = policy.rules[index]
  if (rule === undefined) return [{ state, cursor: next }]
  const passed: Cursor = { ...cursor, policy: policy.nextTier, rule: -1, tier: undefined }
  const decided: Cursor = { ...cursor, answer: rule.action === 'Allow' ? 'allowed' : 'denied' }
  return ask(rule.condition, rule.action === 'Pass' ? passed : decided, { ...cursor, rule: index + 1 })
}

/** The same for cursors after which the same is asked. */
const isSame = (one: DirectionChain, a: Cursor, other: DirectionChain, b: Cursor): boolean => {
  const [x, y] = [one[a.policy], other[b.policy]]
  if (a.rule !== b.rule || x?.rest !== y?.rest) return false
  const ending = (chain: DirectionChain, { tier, policy }: Cursor): string =>
    tier === undefined ? '' : chain[policy]?.place === tier ? 'within' : (chain[policy - 1]?.endsWith ?? '')
  return ending(one, a) === ending(other, b)
}

/** Flows that two chains decide otherwise. */
export interface Difference {
  readonly state: FlowState
  readonly one: Answer
  readonly other: Answer
  /** Whether a policy of the one chain selected the pod. */
  readonly isCaptured: boolean
}

/** Nothing left in the budget: what was not looked at may be anything. */
export const isSpent = ({ left }: Budget): boolean => left < 0

/**
 * The flows among some that two chains decide otherwise. Both are asked in step, and no further where the same follows in
 * both: what differs is looked at, and not all there is. Where the budget is spent, it ends before all was looked at.
 */
export function* differences(
  one: DirectionChain,
  other: DirectionChain,
  states: Iterable<FlowState>,
  budget: Budget,
): Generator<Difference> {
  for (const first of states) {
    const todo: Array<{ readonly state: FlowState; readonly a: Cursor; readonly b: Cursor }> = [
      { state: first, a: start, b: start },
    ]
    for (let it = todo.pop(); it !== undefined; it = todo.pop()) {
      const { state, a, b } = it
      if (a.answer !== undefined && b.answer !== undefined) {
        if (a.answer !== b.answer) yield { state, one: a.answer, other: b.answer, isCaptured: a.isCaptured }
        continue
      }
      if (a.answer === undefined && b.answer === undefined && isSame(one, a, other, b)) continue
      const [left, right] = [one.length - a.policy, other.length - b.policy]
      const isFirst =
        b.answer !== undefined ||
        (a.answer === undefined && (left > right || (left === right && a.rule <= b.rule)))
      const steps = isFirst ? advance(one, a, state) : advance(other, b, state)
      budget.left -= steps.length
      if (isSpent(budget)) return
      for (const { state: next, cursor } of steps)
        todo.push(isFirst ? { state: next, a: cursor, b } : { state: next, a, b: cursor })
    }
  }
}

/** What a chain decides of some flows. */
export interface Decided {
  readonly state: FlowState
  readonly answer: Answer
}

export function* decided(
  chain: DirectionChain,
  states: Iterable<FlowState>,
  budget: Budget,
): Generator<Decided> {
  for (const first of states) {
    const todo: Array<Step> = [{ state: first, cursor: start }]
    for (let it = todo.pop(); it !== undefined; it = todo.pop()) {
      const { state, cursor } = it
      if (cursor.answer !== undefined) {
        yield { state, answer: cursor.answer }
        continue
      }
      const steps = advance(chain, cursor, state)
      budget.left -= steps.length
      if (isSpent(budget)) return
      todo.push(...steps)
    }
  }
}
