import { type CompiledWorld, policyWorldOf } from './compiled-world.js'
import { changeWorld } from './evaluate/change-world.js'
import type { PolicyWorld } from './evaluate/policy-world.js'
import { findDifference, type Wanted } from './prove/equivalence.js'
import { asProof, type Counterexample, type Found, type Proof, type ProofOptions } from './prove/proof.js'

const notCompiled: Found = { _tag: 'Unknown', why: ['a world that `compile` has not made'] }

const ask = (
  a: CompiledWorld,
  b: CompiledWorld,
  find: (one: PolicyWorld, other: PolicyWorld) => Found,
): Found => {
  const [one, other] = [policyWorldOf(a), policyWorldOf(b)]
  return one === undefined || other === undefined ? notCompiled : find(one, other)
}

const different: Wanted = { isCaptured: false, counts: (one, other) => one !== other }
const missing: Wanted = { isCaptured: false, counts: (one, other) => one === 'denied' && other === 'allowed' }

/**
 * Whether two worlds let the same flows through: those between their pods (`over: 'given'`), or all that may ever come, of
 * pods with labels that nobody has yet and from any address. Policies of hosts are not looked at.
 *
 * @example
 * const a = orThrow(compile({ resources: [networkPolicy('a', 'shop').denyIngress()] }))
 * const b = orThrow(compile({ resources: [networkPolicy('b', 'shop').types('Ingress')] }))
 * equivalent(a, b) // => { _tag: 'Proven' }
 */
export const equivalent = (a: CompiledWorld, b: CompiledWorld, options: ProofOptions = {}): Proof =>
  asProof(ask(a, b, (one, other) => findDifference(one, other, different, options)))

/**
 * Whether all that the second world lets through the first one lets through, too.
 *
 * @example
 * const all = orThrow(compile({}))
 * const none = orThrow(compile({ resources: [networkPolicy('none', 'shop').denyIngress()] }))
 * contains(all, none) // => { _tag: 'Proven' }
 */
export const contains = (a: CompiledWorld, b: CompiledWorld, options: ProofOptions = {}): Proof =>
  asProof(ask(a, b, (one, other) => findDifference(one, other, missing, options)))

/** Whether policies come between others, with a flow that shows it; otherwise why that is not known. */
export type Interference =
  | { readonly _tag: 'Interferes'; readonly example: Counterexample }
  | { readonly _tag: 'Independent' }
  | { readonly _tag: 'Unknown'; readonly why: ReadonlyArray<string> }

/** The policies of both, in the world of the first one. */
const joined = (a: PolicyWorld, b: PolicyWorld): PolicyWorld =>
  changeWorld(
    a,
    {
      ...b.parts,
      pods: new Map(),
      namespaces: new Map(),
      nodes: new Map(),
      hostPods: new Map(),
      serviceAccounts: undefined,
      slices: undefined,
    },
    [],
  )

/**
 * Whether the policies of the second world, put beside those of the first, change what becomes of a flow to or from a pod
 * that the first one's policies select in that direction. The verdicts of the example are those without and with them.
 *
 * @example
 * const a = orThrow(compile({ resources: [networkPolicy('a', 'shop').allowIngress({ protocol: 'TCP' })] }))
 * const b = orThrow(compile({ resources: [networkPolicy('b', 'bank').denyIngress()] }))
 * interferes(a, b) // => { _tag: 'Independent' }
 */
export const interferes = (a: CompiledWorld, b: CompiledWorld, options: ProofOptions = {}): Interference => {
  const found = ask(a, b, (one, other) =>
    findDifference(one, joined(one, other), { ...different, isCaptured: true }, options),
  )
  if (found._tag === 'Found') return { _tag: 'Interferes', example: found.example }
  return found._tag === 'Proven' ? { _tag: 'Independent' } : found
}
