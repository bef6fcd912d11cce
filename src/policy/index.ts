export type { Address, Endpoint, Workload } from './endpoint.js'
export { effectiveLabels } from './endpoint.js'
export type { Flow } from './flow.js'
export {
  type Finding,
  type LintRule,
  type LintRuleName,
  lint,
  lintRules,
} from './lint/lint.js'
export { printFindings } from './lint/print-findings.js'
export { type OrderedTier, orderedTiers } from './ordered.js'
export { printVerdict } from './print-verdict.js'
export { type Decision, type Reason, type Verdict, verdict } from './verdict.js'
