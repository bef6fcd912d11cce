import type { Selector } from '../../../selector/ast.js'
import { has } from '../../../selector/condition.js'
import { labelsOf } from '../../../selector/labels-of.js'
import { matches } from '../../../selector/match.js'
import { implies } from '../../../selector/satisfiable.js'
import type { Policy, ResourceSet } from '../resource-set.js'
import { createdBy, type LintHost } from './lint-hosts.js'

/** Labels that nodes have, and with them the host endpoints that Calico makes of them; no pod does. */
const ofNodes =
  /^(?:(?:beta\.)?kubernetes\.io\/(?:hostname|os|arch)|node-role\.kubernetes\.io\/.+|node\.kubernetes\.io\/.+|kubernetes-host)$/

const asksFor = (endpoints: Selector, isKey: (key: string) => boolean): boolean =>
  labelsOf(endpoints).some((key) => isKey(key) && implies(endpoints, has(key)))

const isNodeLabel = (key: string): boolean => key === createdBy || ofNodes.test(key)

/** The known host endpoints that a policy selects, and not merely since it selects everything. */
export const hostsOf = ({ endpoints }: Policy, { hosts }: ResourceSet): ReadonlyArray<LintHost> =>
  endpoints === undefined || matches(endpoints, {})
    ? []
    : hosts.filter(({ labels }) => matches(endpoints, labels))

const asksForNodes = ({ endpoints }: Policy): boolean =>
  endpoints !== undefined && asksFor(endpoints, isNodeLabel)

/** Whether a policy is one for hosts: by what it says, by labels that nodes have, or by the endpoints that are given. */
export const isForHosts = (policy: Policy, set: ResourceSet): boolean => {
  const { resource, phase } = policy
  if (resource.kind !== 'GlobalNetworkPolicy' && resource.kind !== 'StagedGlobalNetworkPolicy') return false
  return (
    phase !== 'normal' ||
    resource.spec.applyOnForward === true ||
    asksForNodes(policy) ||
    hostsOf(policy, set).length > 0
  )
}

/** Whether those hosts are nodes of the cluster, on which there is a kubelet, and pods. */
export const isForNodes = (policy: Policy, set: ResourceSet): boolean =>
  isForHosts(policy, set) &&
  (asksForNodes(policy) ||
    hostsOf(policy, set).some(
      ({ index, endpoint }) => index === undefined || set.world.nodes.has(endpoint.spec.node ?? ''),
    ))

const makesEndpoints = ({ resources }: ResourceSet): boolean =>
  resources.some(
    (it) =>
      it?.kind === 'KubeControllersConfiguration' &&
      it.spec.controllers.node?.hostEndpoint?.autoCreate === 'Enabled' &&
      it.spec.controllers.node.hostEndpoint.createDefaultHostEndpoint !== 'Disabled',
  )

/** Whether it selects an endpoint that has all interfaces of its node, the loopback among them. */
export const hasAllInterfaces = (policy: Policy, set: ResourceSet): boolean => {
  const { endpoints } = policy
  return (
    hostsOf(policy, set).some(({ endpoint }) => endpoint.spec.interfaceName === '*') ||
    (asksForNodes(policy) && makesEndpoints(set)) ||
    (endpoints !== undefined && asksFor(endpoints, (key) => key === createdBy))
  )
}

/** Whether traffic is forwarded through the hosts only past these policies. */
export const isForward = ({ resource }: Policy): boolean =>
  'applyOnForward' in resource.spec && resource.spec.applyOnForward === true
