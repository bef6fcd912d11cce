import type { Path } from '../../error.js'
import type { ResourceSet } from './resource-set.js'

/** What a rule of lint says of one of the resources. */
export interface Remark {
  /** The resource's place in the set. */
  readonly index: number
  readonly path: Path
  readonly message: string
  /** In place of the rule's remedy. */
  readonly hint?: string
}

/** The name of a rule of lint: short and stable. */
export type LintRuleName =
  | 'api-server-cut-off'
  | 'applies-to-hosts'
  | 'dns-cut-off'
  | 'failsafe-shadows'
  | 'host-endpoint-without-address'
  | 'host-endpoint-without-node'
  | 'host-network-pod-selected'
  | 'host-policy-selects-pods'
  | 'isolation-undone'
  | 'kubelet-cut-off'
  | 'label-value-impossible'
  | 'link-local-dns-cut-off'
  | 'loopback-cut-off'
  | 'namespace-selector-takes-more'
  | 'node-port-open'
  | 'nothing-allowed'
  | 'order-tie'
  | 'own-pods-not-asked'
  | 'rule-excludes-itself'
  | 'rule-shadowed'
  | 'rules-without-type'
  | 'selector-never-matches'
  | 'service-without-namespace'
  | 'tier-order-tie'
  | 'untracked-on-all-interfaces'
  | 'untracked-one-way'
  | 'untracked-to-pods'
  | 'webhook-cut-off'

/** One of the mistakes that `lint` finds, as data. */
export interface LintRule {
  readonly name: LintRuleName
  /** What is wrong. */
  readonly what: string
  /** What to do about it: a finding's hint, unless the case at hand has a better one. */
  readonly remedy: string
  /** Where Calico's code makes it so. */
  readonly source: string
  /** Where somebody told of it, as an address. */
  readonly report?: string
  /** What it needs to know beside the resources: it says nothing where that is not given. */
  readonly world?: string
}

/** A rule of lint, and how to find what it is about. */
export interface Rule extends Omit<LintRule, 'name'> {
  readonly find: (set: ResourceSet) => ReadonlyArray<Remark>
}
