import type { Issue, Path } from '../error.js'
import type {
  KubernetesNetworkPolicy,
  KubernetesPeer,
  KubernetesPort,
} from '../model/kubernetes/kubernetes-network-policy.js'
import type { LabelSelector } from '../model/meta/label-selector.js'

/** What is said of one part of a policy, with the place of that part. */
export type Find<A> = (part: A, path: Path) => ReadonlyArray<Issue>

/** What to say of each part; of those that are not named, nothing. */
export interface Finds {
  readonly port?: Find<KubernetesPort>
  readonly peer?: Find<KubernetesPeer>
  readonly selector?: Find<LabelSelector>
}

const each = <A>(parts: ReadonlyArray<A> = [], path: Path, find: Find<A>): ReadonlyArray<Issue> =>
  parts.flatMap((part, index) => find(part, [...path, index]))

const nothing = (): ReadonlyArray<Issue> => []

/** All that is said of a policy's ports, peers and selectors, in their order. */
export const ofParts = (
  { spec }: KubernetesNetworkPolicy,
  { port = nothing, peer = nothing, selector = nothing }: Finds,
): ReadonlyArray<Issue> => {
  const ofPeer: Find<KubernetesPeer> = (part, path) => [
    ...peer(part, path),
    ...(part.podSelector === undefined ? [] : selector(part.podSelector, [...path, 'podSelector'])),
    ...(part.namespaceSelector === undefined
      ? []
      : selector(part.namespaceSelector, [...path, 'namespaceSelector'])),
  ]
  return [
    ...selector(spec.podSelector, ['spec', 'podSelector']),
    ...each(spec.ingress, ['spec', 'ingress'], ({ ports, from }, path) => [
      ...each(ports, [...path, 'ports'], port),
      ...each(from, [...path, 'from'], ofPeer),
    ]),
    ...each(spec.egress, ['spec', 'egress'], ({ ports, to }, path) => [
      ...each(ports, [...path, 'ports'], port),
      ...each(to, [...path, 'to'], ofPeer),
    ]),
  ]
}
