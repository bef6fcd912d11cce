import * as E from 'fp-ts/lib/Either.js'
import { explainIssue, type Issue, orThrow } from '../../error.js'
import { isPlain } from '../../model/codec/json.js'
import type {
  AdminNetworkPolicy,
  BaselineAdminNetworkPolicy,
} from '../../model/kubernetes/admin-network-policy.js'
import type { ClusterNetworkPolicy } from '../../model/kubernetes/cluster-network-policy.js'
import type { KubernetesNetworkPolicy } from '../../model/kubernetes/kubernetes-network-policy.js'
import { decode, type Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import { refuse, requireList, requireObject, requireWorld } from '../world/given-arguments.js'
import type { World } from '../world/world.js'
import { appliesToHosts } from './applies-to-hosts.js'
import { dnsCutOff, linkLocalDnsCutOff } from './dns.js'
import { apiServerCutOff, kubeletCutOff, loopbackCutOff } from './host/cut-off.js'
import { failsafeShadows } from './host/failsafe-shadows.js'
import { hostEndpointWithoutAddress, hostEndpointWithoutNode } from './host/host-endpoint-facts.js'
import { hostPolicySelectsPods } from './host/host-only.js'
import { nodePortOpen } from './host/node-port.js'
import { ownPodsNotAsked } from './host/own-pods.js'
import { untrackedOnAllInterfaces, untrackedOneWay, untrackedToPods } from './host/untracked.js'
import { hostNetworkPodSelected } from './host-network-pod.js'
import { isolationUndone } from './isolation-undone.js'
import { labelValueImpossible } from './label-values.js'
import { asWritten, lintedResource, lintWorld, worldManifests } from './lint-world.js'
import { namespaceSelectorTakesMore } from './namespace-selector.js'
import { nothingAllowed } from './nothing-allowed.js'
import { orderTie, tierOrderTie } from './order-tie.js'
import { resourceSet } from './resource-set.js'
import type { LintRule, LintRuleName, Rule } from './rule.js'
import { ruleExcludesItself } from './rule-excludes-itself.js'
import { ruleShadowed } from './rule-shadowed.js'
import { rulesWithoutType } from './rules-without-type.js'
import { selectorNeverMatches } from './selector-never-matches.js'
import { serviceWithoutNamespace } from './service-without-namespace.js'
import { webhookCutOff } from './webhook.js'

const rules: { readonly [Name in LintRuleName]: Rule } = {
  'api-server-cut-off': apiServerCutOff,
  'applies-to-hosts': appliesToHosts,
  'dns-cut-off': dnsCutOff,
  'failsafe-shadows': failsafeShadows,
  'host-endpoint-without-address': hostEndpointWithoutAddress,
  'host-endpoint-without-node': hostEndpointWithoutNode,
  'host-network-pod-selected': hostNetworkPodSelected,
  'host-policy-selects-pods': hostPolicySelectsPods,
  'isolation-undone': isolationUndone,
  'kubelet-cut-off': kubeletCutOff,
  'label-value-impossible': labelValueImpossible,
  'link-local-dns-cut-off': linkLocalDnsCutOff,
  'loopback-cut-off': loopbackCutOff,
  'namespace-selector-takes-more': namespaceSelectorTakesMore,
  'node-port-open': nodePortOpen,
  'nothing-allowed': nothingAllowed,
  'order-tie': orderTie,
  'own-pods-not-asked': ownPodsNotAsked,
  'rule-excludes-itself': ruleExcludesItself,
  'rule-shadowed': ruleShadowed,
  'rules-without-type': rulesWithoutType,
  'selector-never-matches': selectorNeverMatches,
  'service-without-namespace': serviceWithoutNamespace,
  'tier-order-tie': tierOrderTie,
  'untracked-on-all-interfaces': untrackedOnAllInterfaces,
  'untracked-one-way': untrackedOneWay,
  'untracked-to-pods': untrackedToPods,
  'webhook-cut-off': webhookCutOff,
}

/** What lint judges: resources of Calico, and policies of Kubernetes as they stand in a cluster. */
export type Linted =
  | Resource
  | KubernetesNetworkPolicy
  | AdminNetworkPolicy
  | BaselineAdminNetworkPolicy
  | ClusterNetworkPolicy

/** What `lint` may go by beside the resources, and which of its rules are asked. */
export interface LintOptions {
  /** What else there is: more rules of lint have something to say. */
  readonly world?: World
  /** Only these rules, such as `hostLintRules`; all where it is left out. */
  readonly only?: ReadonlySet<LintRuleName>
}

/** The rules that say what hosts lose, or what a policy for hosts does not do. */
export const hostLintRules: ReadonlySet<LintRuleName> = new Set<LintRuleName>([
  'api-server-cut-off',
  'applies-to-hosts',
  'failsafe-shadows',
  'host-endpoint-without-address',
  'host-endpoint-without-node',
  'host-network-pod-selected',
  'host-policy-selects-pods',
  'kubelet-cut-off',
  'link-local-dns-cut-off',
  'loopback-cut-off',
  'node-port-open',
  'own-pods-not-asked',
  'untracked-on-all-interfaces',
  'untracked-one-way',
  'untracked-to-pods',
  'webhook-cut-off',
])

const valueAt = (value: unknown, path: Issue['path']): unknown =>
  path.reduce<unknown>(
    (at, key) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[key],
    value,
  )

/** A number that is none is one all the same to the rules, as is a text that says nothing they know. */
const isOfOtherShape =
  (value: unknown) =>
  ({ rule, path }: Issue): boolean =>
    rule === 'missing-key' || (rule === 'wrong-type' && !Number.isNaN(valueAt(value, path)))

/** Throws for what is not of the shape of its kind: no finding about half of it would be true. */
const asResource = (value: Linted): Resource | undefined => {
  if (!isPlain(value) || value.apiVersion !== 'projectcalico.org/v3') return lintedResource(value)
  const decoded = decode(value)
  if (E.isRight(decoded)) return decoded.right
  return decoded.left.issues.some(isOfOtherShape(value)) ? orThrow(decoded) : value
}

/** Something that Calico accepts and that is likely a mistake: an issue of one of the given resources. */
export interface Finding extends Issue {
  readonly rule: LintRuleName
  readonly resource: string
  readonly hint: string
  /** Which of the resources: its place in the list. */
  readonly index: number
}

const entries = Object.entries(rules) as ReadonlyArray<[LintRuleName, Rule]>

/** Every rule of `lint`, by name. */
export const lintRules: ReadonlyArray<LintRule> = entries.map(([name, { find: _, ...info }]) => ({
  name,
  ...info,
}))

/**
 * What Calico accepts and is likely a mistake: rules that never act, selectors that match nothing, policies whose
 * names decide. Judges the resources as a whole, so give it all that belong together; and only those that `check` takes.
 *
 * Takes policies of Kubernetes and of policy.networking.k8s.io, too, as Calico takes them; anything else is passed over.
 * Throws `Invalid`, with each place, for a resource of Calico's that does not have the shape of its kind, and for what is no list.
 * A finding is proven from the resources, and from `world` where that is given: nodes, pods, services, webhooks, and whatever
 * else the cluster has. What hangs on anything more is not claimed. It has the form of an issue. They come in the order of
 * the resources, and are never about what is in the world alone.
 *
 * @example
 * const deny = { action: 'Deny' } as const
 * const spec = { types: ['Ingress'], ingress: [deny, { action: 'Allow', protocol: 'TCP' }] } as const
 * const policy = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec } as const
 * lint([policy]).map(({ rule, path }) => [rule, ...path]) // => [['rule-shadowed', 'spec', 'ingress', 1]]
 */
export const lint = (resources: ReadonlyArray<Linted>, options: LintOptions = {}): ReadonlyArray<Finding> => {
  requireList(resources, 'a list of resources')
  requireObject(options, 'options of lint', 'write them as { world: { pods } }, or leave them out')
  const { world = {}, only } = options
  requireWorld(world)
  if (only !== undefined && typeof Object(only).has !== 'function')
    refuse(['only'], 'a set of rules', only, "write it as new Set(['rule-shadowed'])")
  const around = worldManifests(world)
  const own = resources.map(asResource)
  const set = resourceSet([...own, ...around.map(lintedResource)], lintWorld(around))
  return entries
    .filter(([name]) => only === undefined || only.has(name))
    .flatMap(([rule, { find, remedy, source }]) =>
      find(set).flatMap(({ index, path, message, hint = remedy }): ReadonlyArray<Finding> => {
        const resource = own[index]
        if (resource === undefined) return []
        const name = asWritten(printResource(resource))
        return [{ rule, resource: name, path, message: asWritten(message), hint, source, index }]
      }),
    )
    .sort((a, b) => a.index - b.index)
}

/**
 * Findings as text for people: each with its place, and what to do.
 *
 * @example
 * printFindings([]) // => 'no findings'
 */
export const printFindings = (findings: ReadonlyArray<Issue>): string => {
  if (findings.length === 0) return 'no findings'
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  return [count, ...findings.map((finding) => `  ${explainIssue(finding)}`)].join('\n')
}
