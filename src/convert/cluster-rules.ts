import type { Issue, Path } from '../error.js'
import type { ClusterPolicyPeer, ClusterPolicySubject } from '../model/kubernetes/cluster-policy-peer.js'
import type { EntityRule } from '../model/policy/entity-rule.js'
import type { Port } from '../model/policy/port.js'
import type { Protocol } from '../model/policy/protocol.js'
import type { Action, Rule } from '../model/policy/rule.js'
import { toNet } from './block.js'
import { simplifyPorts } from './ports.js'
import { namespaceSelector, podSelector } from './selector.js'

/** One entry of a rule's ports: all ports of a protocol where there is none, a port by name where there is no protocol. */
export interface ClusterPort {
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP'
  readonly port?: Port
  /** Why Calico cannot read it. */
  readonly fault?: string
}

/** A rule of any of the policies for whole clusters, in one form. */
export interface ClusterRule {
  readonly name?: string | undefined
  readonly action: Action
  readonly ports: ReadonlyArray<ClusterPort>
  readonly peers: ReadonlyArray<ClusterPolicyPeer>
}

export interface ConvertedRules {
  readonly rules: ReadonlyArray<Rule>
  /** Of rules that Calico does not take as they are. */
  readonly issues: ReadonlyArray<Issue>
}

interface Fault {
  readonly path: Path
  readonly message: string
}

type ByProtocol = ReadonlyArray<readonly [protocol: string, ports: ReadonlyArray<Port>]>

/** The ports of each protocol, none being all; an entry that says neither means all traffic, whatever stands beside it. */
const byProtocol = (ports: ReadonlyArray<ClusterPort>): ByProtocol => {
  if (ports.length === 0) return [['', []]]
  const found = new Map<string, ReadonlyArray<Port>>()
  for (const { protocol = '', port } of ports) {
    if (protocol === '' && port === undefined) return [['', []]]
    const before = found.get(protocol)
    if (port === undefined) found.set(protocol, [])
    else if (before === undefined || before.length > 0) found.set(protocol, [...(before ?? []), port])
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** What Calico sees of a peer: pods go before namespaces, and networks beside them. `undefined` where that is nothing. */
const endOf = ({ namespaces, pods, networks = [] }: ClusterPolicyPeer): EntityRule | undefined => {
  if (namespaces === undefined && pods === undefined && networks.length === 0) return undefined
  const place = namespaceSelector(pods?.namespaceSelector ?? namespaces)
  return {
    ...(pods === undefined ? {} : { selector: podSelector(pods.podSelector) }),
    ...(place === undefined ? {} : { namespaceSelector: place }),
    ...(networks.length === 0 ? {} : { nets: networks.flatMap((net) => toNet(net) ?? []) }),
  }
}

const faultOf = ({ ports, peers }: ClusterRule, fields: Fields): Fault | undefined => {
  const port = ports.findIndex(({ fault }) => fault !== undefined)
  if (port >= 0) return { path: [fields.ports, port], message: ports[port]?.fault ?? '' }
  for (const [index, peer] of peers.entries()) {
    const path = [fields.peers, index]
    const net = (peer.networks ?? []).findIndex((text) => toNet(text) === undefined)
    if (net >= 0) return { path: [...path, 'networks', net], message: 'this is not a CIDR' }
    if (endOf(peer) !== undefined) continue
    const given = Object.keys(peer).join(' and ')
    return { path, message: given === '' ? 'a peer that names nobody' : `Calico knows no peers by ${given}` }
  }
  return undefined
}

const protocolOf = (name: string): { readonly protocol?: Protocol } =>
  name === 'TCP' || name === 'UDP' || name === 'SCTP' ? { protocol: name } : {}

const rulesOf = ({ name, action, ports, peers }: ClusterRule, isIngress: boolean): ReadonlyArray<Rule> =>
  byProtocol(ports).flatMap(([protocol, found]) =>
    peers.map((peer): Rule => {
      const end = endOf(peer) ?? {}
      const listed = found.length === 0 ? {} : { ports: simplifyPorts(found) }
      const destination = isIngress ? listed : { ...listed, ...end }
      return {
        action,
        ...(name ? { metadata: { annotations: { name } } } : {}),
        ...protocolOf(protocol),
        ...(isIngress ? { source: end } : {}),
        ...(Object.keys(destination).length === 0 ? {} : { destination }),
      }
    }),
  )

/** What the fields are called, and where they stand. */
export interface Fields {
  readonly ports: 'ports' | 'protocols'
  readonly peers: 'from' | 'to'
  readonly source: string
}

/**
 * One rule for each protocol and peer. A rule of which Calico cannot read some part is left out where it allows, and
 * denies everything otherwise.
 */
export const clusterRules = (rules: ReadonlyArray<ClusterRule>, fields: Fields): ConvertedRules => {
  const isIngress = fields.peers === 'from'
  const converted = rules.map((rule, index): ConvertedRules => {
    const fault = faultOf(rule, fields)
    if (fault === undefined) return { rules: rulesOf(rule, isIngress), issues: [] }
    const instead = rule.action === 'Allow' ? 'the whole rule is left out' : 'the rule denies everything'
    const issue: Issue = {
      rule: 'cluster-policy-rule',
      path: ['spec', isIngress ? 'ingress' : 'egress', index, ...fault.path],
      message: `${fault.message}: ${instead}`,
      hint: 'name namespaces, pods or networks, and ports by ranges that begin with the lower one',
      source: fields.source,
    }
    return { rules: rule.action === 'Allow' ? [] : [{ action: 'Deny' }], issues: [issue] }
  })
  return {
    rules: converted.flatMap((it) => it.rules),
    issues: converted.flatMap((it) => it.issues),
  }
}

/** The selectors of the pods that a policy applies to; never host endpoints. */
export const subjectSelectors = ({ namespaces, pods }: ClusterPolicySubject) => ({
  namespaceSelector: namespaceSelector(namespaces ?? pods?.namespaceSelector) ?? 'all()',
  selector: podSelector(namespaces === undefined ? pods?.podSelector : undefined),
})
