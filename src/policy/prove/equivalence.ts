import type { PolicyWorld } from '../evaluate/policy-world.js'
import { contentOf, type OpenWorld } from './direction-chain.js'
import { budgetOf, type Candidate, firstConfirmed, openWorlds } from './find-flow.js'
import type { FlowState } from './flow-state.js'
import type { Found, ProofOptions } from './proof.js'
import { allFlows } from './roots.js'
import { type Answer, type Budget, decided, differences } from './search.js'

/** Which difference is looked for. */
export interface Wanted {
  /** Whether it counts what the one says and the other. */
  readonly counts: (one: Answer, other: Answer) => boolean
  /** Whether only pods count that a policy of the one selects. */
  readonly isCaptured: boolean
}

type Direction = 'egress' | 'ingress'
const sides = { egress: 'from', ingress: 'to' } as const
const others = { egress: 'ingress', ingress: 'egress' } as const

/** The flows of which the selection of some policy that only one world has makes a difference; all where that is not simple. */
const narrowed = (
  [one, other]: readonly [OpenWorld, OpenWorld],
  direction: Direction,
  states: ReadonlyArray<FlowState>,
): ReadonlyArray<FlowState> => {
  const type = direction === 'egress' ? 'Egress' : 'Ingress'
  const contents = (it: OpenWorld) =>
    new Map(
      it.world.policies.tiers.flatMap((tier) =>
        tier.policies.flatMap((policy) =>
          policy.rules[type] === undefined || policy.hook !== 'normal'
            ? []
            : [[contentOf(policy, tier), { policy, ends: it.ends }] as const],
        ),
      ),
    )
  const [mine, theirs] = [contents(one), contents(other)]
  const changed = [
    ...[...mine].filter(([content]) => !theirs.has(content)),
    ...[...theirs].filter(([content]) => !mine.has(content)),
  ]
  return changed.flatMap(([, { policy, ends }]) => {
    const selects = ends.selects(policy.scope, sides[direction], policy.name)
    return states.flatMap((state) => selects(state).flatMap((way) => (way.holds ? [way.state] : [])))
  })
}

/** Flows that differ by what one direction says, and get through in the other. */
function* differing(
  worlds: readonly [OpenWorld, OpenWorld],
  direction: Direction,
  states: ReadonlyArray<FlowState>,
  { wanted, budget }: { readonly wanted: Wanted; readonly budget: Budget },
): Generator<Candidate> {
  const [one, other] = worlds
  const back = others[direction]
  for (const found of differences(one[direction], other[direction], states, budget)) {
    if (!wanted.counts(found.one, found.other)) continue
    if (wanted.isCaptured && !found.isCaptured) continue
    const answers = [found.one, found.other]
    if (!found.state[sides[back]].isPod) yield { state: found.state, answers }
    else {
      const open = found.one === 'allowed' ? one : other
      for (const { state, answer } of decided(open[back], [found.state], budget))
        if (answer === 'allowed') yield { state, answers }
    }
  }
}

/** A flow that two worlds decide otherwise, in a way that counts. */
export const findDifference = (
  a: PolicyWorld,
  b: PolicyWorld,
  wanted: Wanted,
  options: ProofOptions = {},
): Found => {
  const budget = budgetOf(options)
  const [one, other] = openWorlds([a, b])
  if (one === undefined || other === undefined) return { _tag: 'Proven' }
  const worlds = [one, other] as const
  const isAlike = one.mark === other.mark && one.felix === other.felix && a.calico === b.calico
  const states = allFlows([a, b], options.over ?? 'everything')
  function* candidates(): Generator<Candidate> {
    for (const direction of ['ingress', 'egress'] as const) {
      const asked = states.filter((state) => state[sides[direction]].isPod)
      const some = isAlike ? narrowed(worlds, direction, asked) : asked
      yield* differing(worlds, direction, some, { wanted, budget })
    }
  }
  return firstConfirmed([a, b], candidates(), budget)
}
