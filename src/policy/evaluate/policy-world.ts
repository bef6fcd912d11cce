import { release, type Version } from '../../model/calico-version.js'
import type { Resource } from '../../model/resource.js'
import type { CompiledPolicy } from '../compile/compiled-policy.js'
import { type GivenEndpoints, type PeerResolver, peerResolver } from '../compile/peer-resolver.js'
import { compileAll, type PolicySet, policySet } from '../compile/policy-set.js'
import { type TestTable, testTable } from '../compile/test-table.js'
import { entitiesOf } from '../world/entity.js'
import { felixFacts } from '../world/felix-facts.js'
import { serviceMembers } from '../world/service-endpoints.js'
import { partsOf, type WorldParts } from '../world/world-parts.js'
import { evaluator } from './evaluator.js'
import type { HostFacts, Judge } from './judge.js'
import { type UnreadFacts, unreadOf } from './unread.js'

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
export const defaultCalico = release('3.28')

export const endpointsOf = ({
  others,
  pods,
  namespaces,
  serviceAccounts,
  slices = [],
  nodes,
}: WorldParts): GivenEndpoints => ({
  pods,
  namespaces,
  serviceAccounts,
  entities: entitiesOf(others, namespaces),
  services: serviceMembers(slices),
  nodes: new Set([...nodes.values()].flat()),
})

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

const hostFacts = ({ others }: WorldParts, { tiers }: PolicySet): HostFacts => {
  const hosts = others.filter((it) => it.kind === 'HostEndpoint')
  return {
    mayBeAnywhere: hosts.some(({ spec }) => (spec.expectedIPs ?? []).length === 0),
    areOnTheWay: hosts.length > 0 && tiers.some(({ policies }) => policies.some(isForHosts)),
  }
}

/** What is asked of policies and endpoints that were compiled. */
export const assemble = (
  parts: WorldParts,
  calico: Version,
  { tests, policies, endpoints }: Pick<PolicyWorld, 'tests' | 'policies' | 'endpoints'>,
): PolicyWorld => {
  const felix = felixFacts(parts.others)
  const isKnown = (): boolean => parts.slices !== undefined
  return {
    parts,
    calico,
    tests,
    policies,
    endpoints,
    felix,
    hosts: hostFacts(parts, policies),
    unread: unreadFacts(parts.unread, policies),
    peers: peerResolver(tests, endpoints),
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
