import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../error.js'
import type { ClusterPolicyPeer, ClusterPolicySubject } from '../model/kubernetes/cluster-policy-peer.js'
import type { LabelSelector } from '../model/meta/label-selector.js'
import type { GlobalNetworkPolicy } from '../model/policy/global-network-policy.js'
import { type ClusterRule, clusterRules, type Fields, subjectSelectors } from './cluster-rules.js'
import { selectorWidenings } from './widenings.js'

/** What Calico makes of a policy for the whole cluster, and where it does not take it as it is. */
export interface ConvertedPolicy {
  readonly policy: GlobalNetworkPolicy
  readonly issues: ReadonlyArray<Issue>
}

interface Parts {
  readonly name: string
  readonly tier: string
  readonly order: number
  readonly subject: ClusterPolicySubject
  readonly ingress: ReadonlyArray<ClusterRule>
  readonly egress: ReadonlyArray<ClusterRule>
  readonly fields: Pick<Fields, 'ports' | 'source'>
}

const selectorsOf = (
  { namespaces, pods }: ClusterPolicyPeer,
  path: ReadonlyArray<string | number>,
): ReadonlyArray<Issue> => {
  const of = (selector: LabelSelector | undefined, ...at: ReadonlyArray<string>) =>
    selector === undefined ? [] : selectorWidenings(selector, [...path, ...at])
  return [
    ...of(namespaces, 'namespaces'),
    ...of(pods?.namespaceSelector, 'pods', 'namespaceSelector'),
    ...of(pods?.podSelector, 'pods', 'podSelector'),
  ]
}

/** The policy in Calico's terms. Without rules for a direction it does not have that type: its tier passes on what no policy of it is asked about. */
export const clusterPolicy = (parts: Parts): E.Either<Invalid, ConvertedPolicy> => {
  const { name, tier, order, subject, fields } = parts
  if (subject.namespaces === undefined && subject.pods === undefined) {
    const message = 'the subject names neither namespaces nor pods'
    const hint = 'write namespaces: {} for all pods of the cluster'
    return unlessIssues(
      [{ rule: 'cluster-policy-subject', path: ['spec', 'subject'], message, hint }],
      parts as never,
    )
  }
  const ingress = clusterRules(parts.ingress, { ...fields, peers: 'from' })
  const egress = clusterRules(parts.egress, { ...fields, peers: 'to' })
  const types = [
    ...(ingress.rules.length > 0 ? (['Ingress'] as const) : []),
    ...(egress.rules.length > 0 ? (['Egress'] as const) : []),
  ]
  const policy: GlobalNetworkPolicy = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name },
    spec: {
      tier,
      order,
      ...subjectSelectors(subject),
      ...(types.length === 0 ? {} : { types }),
      ...(ingress.rules.length === 0 ? {} : { ingress: ingress.rules }),
      ...(egress.rules.length === 0 ? {} : { egress: egress.rules }),
    },
  }
  const selectors = [
    ...selectorsOf(subject, ['spec', 'subject']),
    ...(['ingress', 'egress'] as const).flatMap((field) =>
      parts[field].flatMap(({ peers }, index) =>
        peers.flatMap((peer, at) =>
          selectorsOf(peer, ['spec', field, index, field === 'ingress' ? 'from' : 'to', at]),
        ),
      ),
    ),
  ]
  return E.right({ policy, issues: [...selectors, ...ingress.issues, ...egress.issues] })
}

/** How strictly a policy for the whole cluster is converted. */
export interface ClusterPolicyOptions {
  /** Whether to convert as Calico does, even where it leaves a rule out or lets more through. */
  readonly lenient?: boolean
}

export const unlessLoose = (
  { policy, issues }: ConvertedPolicy,
  { lenient = false }: ClusterPolicyOptions,
): E.Either<Invalid, GlobalNetworkPolicy> => unlessIssues(lenient ? [] : issues, policy)
