export type {
  NumberRange,
  /** @deprecated It is `NumberRange` now. */
  NumberRange as Numbers,
} from '../net/port-range.js'
export { connectivity } from './connectivity/connectivity.js'
export { type Change, compareConnectivity } from './connectivity/diff.js'
export { printChanges, printConnectivity } from './connectivity/print-connectivity.js'
export type { Connection, Connectivity, Traffic } from './connectivity/traffic.js'
export type { Decision, Reason, Verdict } from './evaluate/evaluate.js'
export type { Address, Endpoint, Flow, Network, Packet, Workload } from './evaluate/flow.js'
export { effectiveLabels } from './evaluate/flow.js'
export { type OrderedTier, orderedTiers } from './evaluate/tiers.js'
export { printVerdict, verdict } from './evaluate/verdict.js'
export { type Finding, lint, lintRules, printFindings } from './lint/lint.js'
export type { LintRule, LintRuleName } from './lint/rule.js'
