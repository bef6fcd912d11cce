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

export interface Context {
  /** What the nodes were read from. */
  readonly text: string
  /** As forgiving as calicoctl: of equal keys the last counts, and a key is the text that Go makes of it. */
  readonly lenient: boolean
  readonly report: Report
}
