import { printVerdict as printDecision } from './evaluate/print-verdict.js'
import type { Verdict } from './evaluate/reason.js'
import { type Explanation, printExplanation as printWay } from './query/explain.js'
import type { Noted } from './world-notes.js'

const withNotes = (text: string, notes: ReadonlyArray<string> = []): string =>
  [text, ...notes.map((note) => `  note: ${note}`)].join('\n')

/** A verdict as text for people, with its reasons. */
export const printVerdict = (verdict: Noted<Verdict>): string =>
  withNotes(printDecision(verdict), verdict.notes)

/** An explanation as text for people. */
export const printExplanation = (explanation: Noted<Explanation>): string =>
  withNotes(printWay(explanation), explanation.notes)
