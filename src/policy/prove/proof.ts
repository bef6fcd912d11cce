import type { Verdict } from '../evaluate/reason.js'
import type { Flow } from '../world/flow.js'

/** One flow that shows it, and what `verdict` says of it in each world that was asked about. */
export interface Counterexample {
  /** Described with all that there is to know, so that it may be asked again. Endpoints of the world have a name. */
  readonly flow: Flow
  readonly verdicts: readonly [Verdict, ...ReadonlyArray<Verdict>]
}

/** Whether something holds of all flows: proven, or refuted by one of them; otherwise why that is not known. */
export type Proof =
  | { readonly _tag: 'Proven' }
  | { readonly _tag: 'Refuted'; readonly counterexample: Counterexample }
  | { readonly _tag: 'Unknown'; readonly why: ReadonlyArray<string> }

/** Over which flows something is to be proven, and how long to try. */
export interface ProofOptions {
  /**
   * `everything` that may ever come: pods with any labels, in any namespace, and any address. `given`: the pods of the
   * world alone.
   */
  readonly over?: 'everything' | 'given'
  /** How many cases to look at before the answer is `Unknown`. 200,000 unless another number is given. */
  readonly cases?: number
}

/** What a search came to: flows that `verdict` says the same of, or what stands in the way of an answer. */
export type Found =
  | { readonly _tag: 'Found'; readonly example: Counterexample }
  | Exclude<Proof, { _tag: 'Refuted' }>

export const asProof = (found: Found): Proof =>
  found._tag === 'Found' ? { _tag: 'Refuted', counterexample: found.example } : found
