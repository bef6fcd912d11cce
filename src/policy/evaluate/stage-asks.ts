import type { HostRules } from '../compile/host-rules.js'
import type { PeerResolver } from '../compile/peer-resolver.js'
import type { PolicySet } from '../compile/policy-set.js'
import { besideAsk, finalAsk, type HostAsks, hostAsksOf } from './host-asks.js'
import type { StageParts } from './stage.js'

/** What chains of hosts are made of. */
export interface StageAsksOf {
  readonly rules: HostRules
  readonly policies: PolicySet
  readonly peers: PeerResolver
}

/** The chains of hosts, each once: endpoints that no selector tells apart have one. */
export const asksFor = ({ rules, policies, peers }: StageAsksOf): StageParts => {
  const made = new Map<string, HostAsks>()
  const once = (key: string, make: (id: number) => HostAsks): HostAsks => {
    const there = made.get(key) ?? make(made.size)
    made.set(key, there)
    return there
  }
  const felixKeys = new Map<unknown, string>()
  return {
    asksOf: (host, endpoint, hook, direction) => {
      const own = peers.classOf(endpoint.entity)
      const { failsafe } = host.felix
      const felix = felixKeys.get(failsafe) ?? JSON.stringify(failsafe)
      felixKeys.set(failsafe, felix)
      const key = `${own.id} ${hook} ${direction} ${endpoint.spec.profiles?.join() ?? ''} ${felix}`
      return once(key, (id) =>
        hostAsksOf(id, { own, endpoint, felix: host.felix, hook, direction }, policies, rules),
      )
    },
    toHost: ({ felix: { endpointToHost } }) =>
      once(`to host ${endpointToHost}`, (id) => ({
        id,
        chain: [
          finalAsk(0, {
            direction: 'Ingress',
            by: 'DefaultEndpointToHostAction',
            action: endpointToHost === 'Drop' ? 'Deny' : 'Allow',
          }),
        ],
        isAsked: 2,
        missing: [],
      })),
    tunnels: (isBetweenNodes, direction) =>
      once(`tunnels ${isBetweenNodes} ${direction}`, (id) => ({
        id,
        chain: rules
          .tunnels(isBetweenNodes)
          [direction].map((rule) => besideAsk(rule, { tier: 0, by: 'tunnel of nodes' })),
        isAsked: 2,
        missing: [],
      })),
    toRouter: () =>
      once('to router', (id) => ({
        id,
        chain: rules.toRouter().map((rule) => besideAsk(rule, { tier: 0, by: 'ICMPv6 to a router' })),
        isAsked: 2,
        missing: [],
      })),
  }
}
