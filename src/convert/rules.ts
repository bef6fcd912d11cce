import type {
  KubernetesEgressRule,
  KubernetesIngressRule,
  KubernetesPeer,
  KubernetesPort,
} from '../model/kubernetes/kubernetes-network-policy.js'
import type { EntityRule } from '../model/policy/entity-rule.js'
import type { Port } from '../model/policy/port.js'
import { protocolOf } from '../model/policy/protocol.js'
import type { Rule } from '../model/policy/rule.js'
import { blockNets } from './block.js'
import { portsByProtocol, simplifyPorts } from './ports.js'
import { namespaceSelector, podSelector } from './selector.js'

/** The first that is given is the one that counts: an IP block, or the selectors. */
const peerMatch = (peer: KubernetesPeer): EntityRule => {
  if (peer.ipBlock !== undefined) return blockNets(peer.ipBlock)
  const namespaces = namespaceSelector(peer.namespaceSelector)
  return {
    selector: podSelector(peer.podSelector),
    ...(namespaces === undefined || namespaces === '' ? {} : { namespaceSelector: namespaces }),
  }
}

interface Allowed {
  readonly protocol: string
  readonly ports: ReadonlyArray<Port>
  readonly peer: EntityRule
}

/** One for each protocol and peer, in this order. No peers, and no ports, are one of each that matches all. */
const allowed = (
  ports: ReadonlyArray<KubernetesPort> = [],
  peers: ReadonlyArray<KubernetesPeer> = [],
): ReadonlyArray<Allowed> => {
  const matches = peers.length === 0 ? [{}] : peers.map(peerMatch)
  return portsByProtocol(ports).flatMap(([protocol, found]) =>
    matches.map((peer) => ({ protocol, ports: simplifyPorts(found), peer })),
  )
}

const rule = (name: string, source: EntityRule, destination: EntityRule): Rule => {
  const protocol = protocolOf(name)
  return {
    action: 'Allow',
    ...(protocol === undefined ? {} : { protocol }),
    ...(Object.keys(source).length === 0 ? {} : { source }),
    ...(Object.keys(destination).length === 0 ? {} : { destination }),
  }
}

const withPorts = (ports: ReadonlyArray<Port>): EntityRule => (ports.length === 0 ? {} : { ports })

export const ingressRules = ({ ports, from }: KubernetesIngressRule): ReadonlyArray<Rule> =>
  allowed(ports, from).map((each) => rule(each.protocol, each.peer, withPorts(each.ports)))

export const egressRules = ({ ports, to }: KubernetesEgressRule): ReadonlyArray<Rule> =>
  allowed(ports, to).map((each) => rule(each.protocol, {}, { ...withPorts(each.ports), ...each.peer }))
