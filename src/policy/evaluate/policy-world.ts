import { release, type Version } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import type { GivenEndpoints } from '../compile/given-endpoints.js'
import { hostRules } from '../compile/host-rules.js'
import { type Host, hostOf, type KnownEndpoint } from '../compile/host-table.js'
import { knownHosts } from '../compile/known-hosts.js'
import { type PeerResolver, peerResolver } from '../compile/peer-resolver.js'
import { compileAll, type PolicySet, policySet } from '../compile/policy-set.js'
import { type TestTable, testTable } from '../compile/test-table.js'
import { autoHostEndpoints } from '../world/auto-host-endpoints.js'
import { entitiesOf } from '../world/entity.js'
import { felixFacts } from '../world/felix-facts.js'
import { felixOfNodes } from '../world/felix-of-node.js'
import type { KnownNode } from '../world/known-node.js'
import { serviceMembers } from '../world/service-endpoints.js'
import { partsOf, type WorldParts } from '../world/world-parts.js'
import { evaluator } from './evaluator.js'
import { hostPlans } from './host-plan.js'
import { type UnreadFacts, unreadOf } from './unread.js'
import type { Judge } from './way.js'

/** A world, compiled: each selector, network and port read once, endpoints in classes as they are asked about. */
export interface PolicyWorld extends Judge {
  readonly parts: WorldParts
  readonly calico: Version
  readonly tests: TestTable
  readonly policies: PolicySet
  readonly endpoints: GivenEndpoints
  readonly peers: PeerResolver
}

/** The release whose order of policies holds unless another is named. */
const defaultCalico = release('3.28')

export const endpointsOf = ({
  others,
  pods,
  hostPods,
  namespaces,
  serviceAccounts,
  slices = [],
  nodes,
}: WorldParts): GivenEndpoints => {
  const automatic = autoHostEndpoints(others, nodes.values())
  const hostEndpoints = [...others.filter((it) => it.kind === 'HostEndpoint'), ...automatic]
  return {
    pods,
    hostPods,
    namespaces,
    serviceAccounts,
    entities: entitiesOf([...others, ...automatic], namespaces),
    hostEndpoints,
    services: serviceMembers(slices),
    hosts: knownHosts(nodes, hostEndpoints),
  }
}

const isForHosts = ({ resource, hook }: CompiledPolicy): boolean =>
  hook !== 'normal' || ('applyOnForward' in resource.spec && resource.spec.applyOnForward === true)

/** What hangs on the kinds that could not be read. */
const unreadFacts = (
  unread: ReadonlyArray<string> | undefined,
  { tiers }: PolicySet,
): UnreadFacts | undefined =>
  unread === undefined || unread.length === 0
    ? undefined
    : unreadOf(unread, {
        hasPolicies: tiers.length > 0,
        hasTiers: tiers.some(({ name }) => name !== 'default'),
        areHostsOnTheWay: tiers.some(({ policies }) => policies.some(isForHosts)),
      })

/** The nodes with their host endpoints. */
const hostsOf = (
  { others }: WorldParts,
  { hosts, hostEndpoints, entities }: GivenEndpoints,
): { readonly all: ReadonlyMap<string, Host>; readonly named: (name: string) => Host } => {
  const felixOf = felixOfNodes(others)
  const entityOf = new Map(entities.map((it) => [it.name, it]))
  const byNode = new Map<string, Array<KnownEndpoint>>()
  for (const endpoint of hostEndpoints) {
    const entity = entityOf.get(printResource(endpoint))
    if (entity === undefined) continue
    const node = endpoint.spec.node ?? ''
    const those = byNode.get(node) ?? []
    byNode.set(node, those)
    those.push({ id: endpoint.metadata.name, spec: endpoint.spec, entity })
  }
  const made = (node: KnownNode): Host => hostOf(node, byNode.get(node.name) ?? [], felixOf(node))
  const all = new Map([...hosts.byName.values()].map((node) => [node.name, made(node)]))
  // A pod may run on a node that nobody has described.
  const bare = (name: string): Host =>
    made({ name, labels: undefined, ips: [], expectedIPs: [], interfaces: undefined })
  return { all, named: (name) => all.get(name) ?? bare(name) }
}

/** What is asked of policies and endpoints that were compiled. */
export const assemble = (
  parts: WorldParts,
  calico: Version,
  { tests, policies, endpoints }: Pick<PolicyWorld, 'tests' | 'policies' | 'endpoints'>,
): PolicyWorld => {
  const felix = felixFacts(parts.others)
  const isKnown = (): boolean => parts.slices !== undefined
  const hosts = hostsOf(parts, endpoints)
  const rules = hostRules(
    parts.others,
    [...hosts.all.values(), hosts.named('')].map((it) => it.felix),
    tests,
  )
  const peers = peerResolver(tests, endpoints)
  return {
    parts,
    calico,
    tests,
    policies,
    endpoints,
    felix,
    hosts: hostPlans({ hosts, rules, policies, peers }),
    unread: unreadFacts(parts.unread, policies),
    peers,
    evaluator: evaluator(policies, { isKnown, hasApplicationLayer: felix.hasApplicationLayer }),
  }
}

export const policyWorld = (parts: WorldParts, calico: Version = defaultCalico): PolicyWorld => {
  const tests = testTable()
  const compiled = compileAll(parts.policies, tests)
  const policies = policySet({ tiers: parts.tiers, policies: compiled, calico })
  return assemble(parts, calico, { tests, policies, endpoints: endpointsOf(parts) })
}

export const worldOf = (resources: ReadonlyArray<Resource>, calico?: Version): PolicyWorld =>
  policyWorld(partsOf(resources), calico)
