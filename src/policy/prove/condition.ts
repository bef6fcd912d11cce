import { common, type Interval, without } from '../../net/interval.js'
import { type FlowState, type NumberField, type Side, withEnd } from './flow-state.js'

type Spans<N extends number | bigint = number> = ReadonlyArray<Interval<N>>

/** States of which a condition holds, or does not. */
export interface Way {
  readonly state: FlowState
  readonly holds: boolean
}

/** Whether a condition holds, for each part of a state that it tells apart. */
export type Condition = (state: FlowState) => ReadonlyArray<Way>

/** Both parts of a state; one alone where the other is empty. */
export const waysOf = (yes: FlowState | undefined, no: FlowState | undefined): ReadonlyArray<Way> => [
  ...(yes === undefined ? [] : [{ state: yes, holds: true }]),
  ...(no === undefined ? [] : [{ state: no, holds: false }]),
]

/** By whether a number of the packet is among some. */
export const byNumber =
  (field: NumberField, spans: Spans): Condition =>
  (state) => {
    const [inside, outside] = [common(state[field], spans), without(state[field], spans)]
    return waysOf(
      inside.length === 0 ? undefined : outside.length === 0 ? state : { ...state, [field]: inside },
      outside.length === 0 ? undefined : inside.length === 0 ? state : { ...state, [field]: outside },
    )
  }

/** By whether an end's address is among some. */
export const byAddress =
  (side: Side, spans: Spans<bigint>): Condition =>
  (state) => {
    const { addresses } = state[side]
    const [inside, outside] = [common(addresses, spans), without(addresses, spans)]
    return waysOf(
      inside.length === 0 ? undefined : withEnd(state, side, { addresses: inside }),
      outside.length === 0 ? undefined : withEnd(state, side, { addresses: outside }),
    )
  }

/** By whether the flow's port at an end has a name there. */
export const byPortName =
  (side: Side, name: string, protocol: number): Condition =>
  (state) => {
    const { ports } = state[side]
    const key = `${protocol} ${name}`
    const known = ports.get(key)
    if (known !== undefined) return [{ state, holds: known }]
    const as = (holds: boolean): Way => ({
      state: withEnd(state, side, { ports: new Map([...ports, [key, holds]]) }),
      holds,
    })
    return [as(true), as(false)]
  }

/** By something that nobody has said: it is taken to be so, and not to be so. */
export const byAssumption =
  (what: string): Condition =>
  (state) => {
    const known = state.assumed.get(what)
    if (known !== undefined) return [{ state, holds: known }]
    const as = (holds: boolean): Way => ({
      state: { ...state, assumed: new Map([...state.assumed, [what, holds]]) },
      holds,
    })
    return [as(true), as(false)]
  }

const always: Condition = (state) => [{ state, holds: true }]
const never: Condition = (state) => [{ state, holds: false }]
export const constant = (holds: boolean): Condition => (holds ? always : never)

export const negated =
  (condition: Condition): Condition =>
  (state) =>
    condition(state).map((way) => ({ state: way.state, holds: !way.holds }))

/** All of them; what one does not hold of, the next are not asked of. */
export const allOf = (conditions: ReadonlyArray<Condition>): Condition => {
  const [only] = conditions
  if (only !== undefined && conditions.length === 1) return only
  return (state) => {
    let open: ReadonlyArray<FlowState> = [state]
    const failed: Array<Way> = []
    for (const condition of conditions) {
      const next: Array<FlowState> = []
      for (const it of open)
        for (const way of condition(it)) {
          if (way.holds) next.push(way.state)
          else failed.push(way)
        }
      if (next.length === 0) return failed
      open = next
    }
    return [...open.map((it) => ({ state: it, holds: true })), ...failed]
  }
}

export const anyOf = (conditions: ReadonlyArray<Condition>): Condition =>
  conditions.length === 0 ? never : negated(allOf(conditions.map(negated)))
