import { globalNetworkPolicy } from '../global-network-policy.js'
import type { GlobalNetworkPolicyBuilder } from '../global-policy-state.js'
import { type TierBuilder, tier } from '../tier.js'
import { userNamespaces } from './namespaces.js'

/** For whom a guardrail is, and in which tier. */
export interface GuardrailOptions {
  /** The tier's name, as given to `guardrails`; `guardrails` by default. */
  readonly tier?: string
  /** Namespaces to leave alone, beside the cluster's own. */
  readonly except?: ReadonlyArray<string>
}

/** Which ports of which nodes `protectNodes` keeps pods from. */
export interface ProtectNodesOptions extends GuardrailOptions {
  /** The nodes' addresses, all of one IP version. */
  readonly nets: ReadonlyArray<string>
  /** SSH, etcd and the kubelet's by default. */
  readonly ports?: ReadonlyArray<number | string>
}

/** Where clouds answer whoever asks: AWS, Azure, GCP, OpenStack and others; Alibaba Cloud; AWS over IPv6. */
export const metadataNets = {
  ipv4: ['169.254.169.254/32', '100.100.100.200/32'],
  ipv6: ['fd00:ec2::254/128'],
} as const

/**
 * A tier for policies that only deny. It goes before the tier `default` and passes on what they do not deny: so they
 * hold whatever other policies allow, and cut nothing else off. In the tier `default`, a policy that only denies would
 * cut its pods off from everything. Since Calico 3.29.
 *
 * @example
 * guardrails().spec // => { order: 500, defaultAction: 'Pass' }
 */
export const guardrails = (name = 'guardrails'): TierBuilder => tier(name).order(500).defaultAction('Pass')

const guardrail = (name: string, { tier = 'guardrails', except = [] }: GuardrailOptions) =>
  globalNetworkPolicy(`${tier}.${name}`)
    .tier(tier)
    .namespaceSelector(userNamespaces(...except))

/**
 * Keeps pods from the cloud's metadata service, which gives the node's credentials to whoever asks. Needs the tier
 * that `guardrails` makes. Since Calico 3.29.
 *
 * @example
 * toYaml(guardrails(), blockMetadata({ except: ['cert-manager'] }))
 */
export const blockMetadata = (options: GuardrailOptions = {}): GlobalNetworkPolicyBuilder =>
  guardrail('block-metadata', options)
    .denyEgress({ destination: { nets: metadataNets.ipv4 } })
    .denyEgress({ destination: { nets: metadataNets.ipv6 } })

/**
 * Keeps pods from the nodes' own services, those of the node they run on included. Needs the tier that `guardrails`
 * makes. Since Calico 3.29.
 *
 * @example
 * toYaml(guardrails(), protectNodes({ nets: ['10.250.0.0/16'] }))
 */
export const protectNodes = ({
  nets,
  ports = [22, 2379, 2380, 10250, 10255, 10256],
  ...options
}: ProtectNodesOptions): GlobalNetworkPolicyBuilder =>
  guardrail('protect-nodes', options).denyEgress({ protocol: 'TCP', destination: { nets, ports } })
