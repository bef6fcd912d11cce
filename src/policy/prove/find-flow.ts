import { judge } from '../evaluate/judge.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Verdict } from '../evaluate/reason.js'
import { type OpenWorld, openWorld } from './direction-chain.js'
import type { FlowState } from './flow-state.js'
import type { Found, ProofOptions } from './proof.js'
import { takenIn } from './roots.js'
import { type Answer, type Budget, isSpent } from './search.js'
import { witnessOf } from './witness.js'

/** Flows that a search takes for examples, with what each world should say of them. */
export interface Candidate {
  readonly state: FlowState
  readonly answers: ReadonlyArray<Answer>
}

/** What stands behind what is not known of an intent: whether a flow is one of it, no verdict tells. */
export const intentMark = ' (in the intent)'

const mostCases = 200_000

export const budgetOf = ({ cases = mostCases }: ProofOptions): Budget => ({ left: cases })

/** What worlds know beside their policies. Where it is not the same, what they do not know is not the same either. */
const knowsTheSame = (a: PolicyWorld, b: PolicyWorld): boolean => {
  const alike = (one: unknown, other: unknown): boolean =>
    one === other || JSON.stringify(one) === JSON.stringify(other)
  const labels = (it: ReadonlyMap<string, unknown> | undefined) =>
    it && [...it].sort(([x], [y]) => (x < y ? -1 : 1))
  return (
    alike(a.parts.others, b.parts.others) &&
    alike(a.parts.slices, b.parts.slices) &&
    (a.parts.namespaces === b.parts.namespaces ||
      alike(labels(a.parts.namespaces), labels(b.parts.namespaces)))
  )
}

/** Worlds made ready to be searched together. */
export const openWorlds = (worlds: ReadonlyArray<PolicyWorld>): ReadonlyArray<OpenWorld> => {
  const names = new Map<string, number>()
  const [first] = worlds
  return worlds.map((world, i) => {
    const isAlike = first !== undefined && knowsTheSame(first, world)
    return openWorld(world, { mark: isAlike ? '' : ` (of world ${i + 1})`, names })
  })
}

/** What proofs do not look at, where it may have a say: the policies of hosts, and what could not be read. */
const beyond = (worlds: ReadonlyArray<PolicyWorld>): ReadonlyArray<string> => [
  ...new Set(
    worlds.flatMap(({ hosts, endpoints, unread }) => [
      ...(hosts.areOnTheWay() ? ['what the policies of host endpoints on the way let through'] : []),
      ...(endpoints.hosts.mayBeAnywhere
        ? ['what the host endpoints without expectedIPs let through: which addresses they have']
        : []),
      ...(unread === undefined ? [] : ['what of the cluster could not be read']),
    ]),
  ),
]

/**
 * The first of the candidates that `verdict` says the same of. Where there is none, that there is none is proven if all
 * cases were looked at, and if none of them hangs on what is not known.
 */
export const firstConfirmed = (
  worlds: ReadonlyArray<PolicyWorld>,
  candidates: Iterable<Candidate>,
  budget: Budget,
): Found => {
  const isTaken = takenIn(worlds)
  const why = new Set<string>()
  for (const { state, answers } of candidates) {
    const flow = witnessOf(state, isTaken)
    if (flow === 'impossible') continue
    if (flow === undefined) {
      why.add('no labels and addresses were found for a case that seems possible')
      continue
    }
    const verdicts = worlds.map((world): Verdict => {
      const peers = { from: world.peers.resolve(flow.from), to: world.peers.resolve(flow.to) }
      return judge(world, peers, flow, flow)
    })
    const [first, ...rest] = verdicts
    const isSure = ![...state.assumed.keys()].some((it) => it.endsWith(intentMark))
    if (first !== undefined && isSure && verdicts.every(({ decision }, i) => decision === answers[i]))
      return { _tag: 'Found', example: { flow, verdicts: [first, ...rest] } }
    for (const what of [...state.assumed.keys(), ...verdicts.flatMap(({ missing = [] }) => missing)])
      why.add(what)
    if (state.assumed.size === 0) why.add('a case that `verdict` does not say the same of')
  }
  if (isSpent(budget)) why.add('more cases than were to be looked at')
  for (const it of beyond(worlds)) why.add(it)
  return why.size === 0 ? { _tag: 'Proven' } : { _tag: 'Unknown', why: [...why] }
}
