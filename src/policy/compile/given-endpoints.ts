import type { HostEndpoint } from '../../model/host/host-endpoint.js'
import type { Labels } from '../../selector/ast.js'
import type { Entity } from '../world/entity.js'
import type { Workload } from '../world/flow.js'
import type { FilledWorkload } from '../world/known-labels.js'
import type { ServiceMember } from '../world/service-endpoints.js'
import type { KnownHosts } from './known-hosts.js'

/** Everything but policies that a world knows. */
export interface GivenEndpoints {
  /** By `namespace/name`. */
  readonly pods: ReadonlyMap<string, Workload>
  /** Pods on their host's network, and the node of each. */
  readonly hostPods: ReadonlyMap<string, string>
  readonly namespaces: ReadonlyMap<string, Labels>
  /** By `namespace/name`; `undefined` where nobody has said which there are. */
  readonly serviceAccounts: ReadonlyMap<string, Labels> | undefined
  /** Network sets and host endpoints. */
  readonly entities: ReadonlyArray<Entity>
  readonly services: ReadonlyMap<bigint, ReadonlyArray<ServiceMember>>
  readonly hosts: KnownHosts
  /** Those that are made of nodes by themselves among them. */
  readonly hostEndpoints: ReadonlyArray<HostEndpoint>
}

/** The pod, with what the world knows of its namespace and service account. */
export const filledIn = (pod: Workload, { namespaces, serviceAccounts }: GivenEndpoints): FilledWorkload => {
  const ofNamespace = pod.namespaceLabels ?? namespaces.get(pod.namespace)
  const account = pod.serviceAccount
  const ofAccount =
    pod.serviceAccountLabels ?? (account ? serviceAccounts?.get(`${pod.namespace}/${account}`) : undefined)
  const isGone = Boolean(account) && serviceAccounts !== undefined && ofAccount === undefined
  const isWhole = ofNamespace === pod.namespaceLabels && ofAccount === pod.serviceAccountLabels && !isGone
  if (isWhole) return pod
  return {
    ...pod,
    ...(ofNamespace === undefined ? {} : { namespaceLabels: ofNamespace }),
    ...(ofAccount === undefined ? {} : { serviceAccountLabels: ofAccount }),
    ...(isGone ? { accountIsGone: true } : {}),
  }
}
