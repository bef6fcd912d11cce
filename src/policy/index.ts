export { type Change, compareConnectivity } from './compare-connectivity.js'
export type { Connection, Connectivity } from './connection.js'
export { connectivity } from './connectivity.js'
export type { Decision, Reason, Verdict } from './decide.js'
export type { Address, Endpoint, Network, Workload } from './endpoint.js'
export { effectiveLabels } from './endpoint.js'
export type { Flow, Packet } from './flow.js'
export {
  type Finding,
  type LintRule,
  type LintRuleName,
  lint,
  lintRules,
} from './lint/lint.js'
export { printFindings } from './lint/print-findings.js'
export { type OrderedTier, orderedTiers } from './ordered.js'
export { printChanges, printConnectivity } from './print-connectivity.js'
export { printVerdict } from './print-verdict.js'
export type { Numbers, Traffic } from './traffic.js'
export { verdict } from './verdict.js'
