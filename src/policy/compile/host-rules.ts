import type { PolicyType } from '../../model/policy/policy.js'
import type { Profile } from '../../model/policy/profile.js'
import type { Rule } from '../../model/policy/rule.js'
import type { Resource } from '../../model/resource.js'
import type { FailsafePort, FelixOfNode } from '../world/felix-of-node.js'
import { tunnelsOf } from '../world/tunnels.js'
import { type CompiledRule, compileRules } from './compiled-policy.js'
import type { TestTable } from './test-table.js'

const defaultAllowProfile = 'projectcalico-default-allow'

type DirectedRules = { readonly [D in PolicyType]: ReadonlyArray<CompiledRule> }

/** What of a host's traffic is decided beside policies, as rules. */
export interface HostRules {
  /** Of a node with this configuration. */
  readonly failsafe: (felix: FelixOfNode) => DirectedRules
  /** The same with what may answer the other direction's: that is left alone before connections are tracked. */
  readonly untrackedFailsafe: (felix: FelixOfNode) => DirectedRules
  /** `undefined` for a profile that is not known. */
  readonly profile: (name: string) => DirectedRules | undefined
  /** What of ICMPv6 a pod may always send to its node, for it to be a router. */
  readonly toRouter: () => ReadonlyArray<CompiledRule>
  /** Tunnels of nodes, between them and with others. */
  readonly tunnels: (isBetweenNodes: boolean) => DirectedRules
}

/** Ports of one protocol and net, as one rule. `ends` says where the ports and the other end stand. */
const failsafeRules = (
  ports: ReadonlyArray<FailsafePort>,
  ends: { readonly ports: 'source' | 'destination'; readonly remote: 'source' | 'destination' },
): ReadonlyArray<Rule> => {
  const groups = new Map<string, { readonly first: FailsafePort; readonly ports: Array<number> }>()
  for (const it of ports) {
    const key = `${it.protocol} ${it.net}`
    const group = groups.get(key) ?? { first: it, ports: [] }
    groups.set(key, group)
    group.ports.push(it.port)
  }
  return [...groups.values()].map(({ first: { protocol, net }, ports }) => {
    const nets = net === undefined || net === '' ? {} : { nets: [net] }
    const isSame = ends.ports === ends.remote
    return {
      action: 'Allow',
      protocol,
      [ends.ports]: { ports, ...(isSame ? nets : {}) },
      ...(isSame ? {} : { [ends.remote]: nets }),
    }
  })
}

/** Of ICMPv6: listener queries, reports and done, router solicitation, neighbour solicitation and advertisement. */
const routerTypes = [130, 131, 132, 133, 135, 136]
const routerRules = routerTypes.map((type): Rule => ({ action: 'Allow', protocol: 'ICMPv6', icmp: { type } }))

const allowAll: Profile['spec'] = { ingress: [{ action: 'Allow' }], egress: [{ action: 'Allow' }] }

const hasNets = ({ failsafe: { Ingress, Egress } }: FelixOfNode): boolean =>
  [...Ingress, ...Egress].some(({ net = '' }) => net !== '')

/**
 * The rules that stand beside policies. Those that ask for networks or labels are compiled while policies are: what they ask
 * for is known before endpoints are told apart. The others are when they are first asked, which is seldom.
 *
 * **Source**: `felix/rules/static.go`, `felix/rules/endpoints.go`.
 */
export const hostRules = (
  resources: ReadonlyArray<Resource>,
  felix: Iterable<FelixOfNode>,
  tests: TestTable,
): HostRules => {
  const compiled = (rules: ReadonlyArray<Rule>, direction: PolicyType, policy = '') =>
    compileRules(rules, { policy, tier: '', namespace: undefined, direction }, tests)
  const made = new Map<string, { readonly plain: DirectedRules; readonly replies: DirectedRules }>()
  const keyOf = ({ failsafe }: FelixOfNode): string => JSON.stringify(failsafe)
  const forFelix = (it: FelixOfNode) => {
    const there = made.get(keyOf(it))
    if (there !== undefined) return there
    const { Ingress, Egress } = it.failsafe
    const fresh = {
      plain: {
        Ingress: compiled(failsafeRules(Ingress, { ports: 'destination', remote: 'source' }), 'Ingress'),
        Egress: compiled(failsafeRules(Egress, { ports: 'destination', remote: 'destination' }), 'Egress'),
      },
      replies: {
        Ingress: compiled(failsafeRules(Egress, { ports: 'source', remote: 'source' }), 'Ingress'),
        Egress: compiled(failsafeRules(Ingress, { ports: 'source', remote: 'destination' }), 'Egress'),
      },
    }
    made.set(keyOf(it), fresh)
    return fresh
  }
  for (const it of felix) if (hasNets(it)) forFelix(it)
  const profiles = new Map<string, DirectedRules>()
  const addProfile = (name: string, { ingress = [], egress = [] }: Profile['spec']): DirectedRules => {
    const policy = `Profile(${name})`
    const rules = {
      Ingress: compiled(ingress, 'Ingress', policy),
      Egress: compiled(egress, 'Egress', policy),
    }
    profiles.set(name, rules)
    return rules
  }
  for (const it of resources) if (it.kind === 'Profile') addProfile(it.metadata.name, it.spec)
  const tunnelRules = () => {
    const { ofNodes, fromOthers, toOthers } = tunnelsOf(resources)
    return {
      between: { Ingress: compiled(ofNodes, 'Ingress'), Egress: compiled(ofNodes, 'Egress') },
      withOthers: { Ingress: compiled(fromOthers, 'Ingress'), Egress: compiled(toOthers, 'Egress') },
    }
  }
  let tunnels: ReturnType<typeof tunnelRules> | undefined
  return {
    tunnels: (isBetweenNodes) => {
      tunnels ??= tunnelRules()
      return isBetweenNodes ? tunnels.between : tunnels.withOthers
    },
    failsafe: (it) => forFelix(it).plain,
    untrackedFailsafe: (it) => {
      const { plain, replies } = forFelix(it)
      return {
        Ingress: [...plain.Ingress, ...replies.Ingress],
        Egress: [...plain.Egress, ...replies.Egress],
      }
    },
    profile: (name) =>
      profiles.get(name) ?? (name === defaultAllowProfile ? addProfile(name, allowAll) : undefined),
    toRouter: () => compiled(routerRules, 'Egress'),
  }
}
