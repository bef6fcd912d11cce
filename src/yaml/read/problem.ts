import type { ParsedNode } from 'yaml'

/** One thing that is wrong with a text, at an offset into it. */
export interface Problem {
  readonly rule: string
  readonly message: string
  readonly hint?: string
  readonly offset: number
  /** Where the node begins that is missing for it: what is said of that place is its echo. */
  readonly echo?: number
}

/** Takes note of what is wrong with a node, which then counts for nothing. */
export type Report = (node: ParsedNode, rule: string, message: string, hint: string) => undefined

/** What passes though it may say something else than it seems to, as it does for calicoctl. */
export interface Leniency {
  /** A key is the text that Go makes of it. */
  readonly lenient: boolean
  /** Of equal keys the last counts. */
  readonly equalKeys: boolean
}

export const strict: Leniency = { lenient: false, equalKeys: false }

export interface Context extends Leniency {
  /** What the nodes were read from. */
  readonly text: string
  readonly report: Report
}
