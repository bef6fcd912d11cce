export { systemNamespaces } from '../model/system-namespaces.js'
export type {
  NumberRange,
  /** @deprecated It is `NumberRange` now. */
  NumberRange as Numbers,
} from '../net/port-range.js'
export { type OrderedTier, orderedTiers } from './compile/ordered-tiers.js'
export { compile } from './compile.js'
export type { CompiledWorld, Peer, PeerFlow } from './compiled-world.js'
export { closes, opens } from './connectivity/change-kind.js'
export type { ClassChange } from './connectivity/class-changes.js'
export type {
  ClassConnection,
  ClassConnectivity,
  Member,
  PeerGroup,
} from './connectivity/class-connectivity.js'
export { compareConnectivity } from './connectivity/compare-connectivity.js'
export { connectivity } from './connectivity/connectivity.js'
export type { Change } from './connectivity/diff.js'
export { focusOn } from './connectivity/focus.js'
export type { ExplainedTraffic } from './connectivity/peer-pair.js'
export { printClassChanges } from './connectivity/print-changes.js'
export { type ClassFormat, printClasses, printExplainedClasses } from './connectivity/print-classes.js'
export { printChanges, printConnectivity } from './connectivity/print-connectivity.js'
export type { Connection, ConnectionSet, Connectivity, Traffic } from './connectivity/traffic.js'
export type { AskedChain, Decision, Hook, HostChain, Reason, Verdict } from './evaluate/reason.js'
export { type VerdictOptions, verdict } from './evaluate/verdict.js'
export { expectFlow, type FlowExpectation, type FlowFrom, type FlowTo } from './expect/expect-flow.js'
export { type CoverageFormat, printCoverage } from './expect/print-coverage.js'
export { type CoveredRule, ruleCoverage } from './expect/rule-coverage.js'
export { type FlowFormat, type FlowLog, readFlows } from './flows/read-flows.js'
export { printFlow, type RecordedFlow, type RecordedPeer, type RecordedPods } from './flows/recorded-flow.js'
export { printReplay, type Replay, type ReplayedFlow, replay } from './flows/replay.js'
export {
  type OpenQuestion,
  printQuestion,
  type Suggestion,
  type SuggestOptions,
  suggest,
} from './flows/suggest.js'
export {
  type Finding,
  hostLintRules,
  type Linted,
  type LintOptions,
  lint,
  lintRules,
  printFindings,
} from './lint/lint.js'
export type { LintRule, LintRuleName } from './lint/rule.js'
export { printExplanation, printVerdict } from './print-answer.js'
export { contains, equivalent, type Interference, interferes } from './proofs.js'
export type { Who } from './prove/describe-end.js'
export { type DirectionExposure, type Exposed, type Exposure, printExposure } from './prove/exposure.js'
export type { Intent } from './prove/intent.js'
export type { Counterexample, Proof, ProofOptions } from './prove/proof.js'
export type { ExplainedSide, Explanation, Step } from './query/explanation.js'
export type { SelectedPeers } from './query/peers-of.js'
export type { SelectingPolicy } from './query/policies-of.js'
export type { Idle, RulePlace } from './query/unused.js'
export type {
  Address,
  Endpoint,
  Flow,
  NamedPort,
  Network,
  NodeEnd,
  Packet,
  Workload,
} from './world/flow.js'
export { effectiveLabels } from './world/known-labels.js'
export type { DescribedNode } from './world/known-node.js'
export type { CompileOptions, Given, World, WorldChange } from './world/world.js'
export type { Noted } from './world-notes.js'
