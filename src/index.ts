export { type GlobalNetworkPolicyBuilder, globalNetworkPolicy } from './build/global-network-policy.js'
export type { EgressMatch, IngressAllowMatch, IngressMatch } from './build/match.js'
export { type NetworkPolicyBuilder, networkPolicy } from './build/network-policy.js'
export { type EgressRule, egress, type IngressRule, ingress } from './build/rule.js'
export { type CheckOptions, check } from './check/check.js'
export {
  explain,
  type Failure,
  type Invalid,
  type Issue,
  orThrow,
  type Path,
  type Position,
  printPath,
  toError,
} from './error.js'
export { decode, type Kind, type Resource } from './model/resource.js'
export type { Labels, Selector } from './selector/ast.js'
export { all, and, global, not, or } from './selector/combination.js'
export { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from './selector/condition.js'
export { selectorId } from './selector/id.js'
export { type Label, label } from './selector/label.js'
export { labelsOf } from './selector/labels-of.js'
export { matcher, matches } from './selector/match.js'
export { parseSelector } from './selector/parse.js'
export { printSelector } from './selector/print.js'
export { commented } from './yaml/comment.js'
export { toJson } from './yaml/json.js'
export { toYaml } from './yaml/print.js'
