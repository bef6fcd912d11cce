import type { ParsedNode } from 'yaml'

/** One thing that is wrong with a text, at an offset into it. */
export interface Problem {
  readonly rule: string
  readonly message: string
  readonly hint?: string
  readonly offset: number
}

/** Takes note of what is wrong with a node, which then counts for nothing. */
export type Report = (node: ParsedNode, rule: string, message: string, hint: string) => undefined
