import { printVerdict as printDecision } from './evaluate/print-verdict.js'
import type { Verdict } from './evaluate/reason.js'
import type { Explanation } from './query/explanation.js'
import { printExplanation as printWay } from './query/print-explanation.js'
import type { Noted } from './world-notes.js'

const withNotes = (text: string, notes: ReadonlyArray<string> = []): string =>
  [text, ...notes.map((note) => `  note: ${note}`)].join('\n')

/**
 * A verdict as text for people, with its reasons, and what is missing where it is not known.
 *
 * @example
 * printVerdict({ decision: 'allowed', reasons: [] }) // => 'allowed\n  no policy applies'
 */
export const printVerdict = (verdict: Noted<Verdict>): string =>
  withNotes(printDecision(verdict), verdict.notes)

/**
 * An explanation as text for people: each chain on the way, with the rules that were asked.
 *
 * @example
 * const world = orThrow(compile({ pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }] }))
 * const flow = { from: '192.0.2.7', to: 'shop/web', protocol: 'TCP', port: 80 } as const
 * printExplanation(world.explain(flow)).split('\n')[1] // => '  ingress of shop/web'
 */
export const printExplanation = (explanation: Noted<Explanation>): string =>
  withNotes(printWay(explanation), explanation.notes)
