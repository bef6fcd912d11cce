import { globalNetworkPolicy } from '../global-network-policy.js'
import { ingress } from '../rule.js'
import { metadataNets } from './guardrails.js'
import { automaticHostEndpoints, type HostPolicyOptions } from './host-policy.js'

/**
 * Keeps pods from the cloud's metadata service, whatever other policies allow them, and leaves it to the nodes: a policy
 * before DNAT is asked of what comes from pods, and never of what a node sends itself. Needs endpoints for all interfaces,
 * as automatic ones are, but no tier.
 *
 * @example
 * metadataFromNodesOnly().spec.ingress?.length // => 2
 */
export const metadataFromNodesOnly = ({
  name = 'metadata-from-nodes-only',
  selector = automaticHostEndpoints,
}: HostPolicyOptions = {}) =>
  globalNetworkPolicy(name)
    .selector(selector)
    .applyOnForward()
    .preDNAT()
    .ingress(
      ingress.deny({ destination: { nets: metadataNets.ipv4 } }),
      ingress.deny({ destination: { nets: metadataNets.ipv6 } }),
    )
