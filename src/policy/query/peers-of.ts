import * as E from 'fp-ts/lib/Either.js'
import type { Invalid } from '../../error.js'
import type { Selector } from '../../selector/ast.js'
import { compile } from '../../selector/match.js'
import { parseSelector } from '../../selector/parse.js'
import { selectorOf } from '../compile/policy-selector.js'
import { followAll } from '../compile/selector-steps.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { type Entity, entityOfWorkload } from '../world/entity.js'

/** What a selector resolves to among what a world has: nothing, where all lists are empty. */
export interface SelectedPeers {
  /** As `shop/web`. */
  readonly pods: ReadonlyArray<string>
  readonly hostEndpoints: ReadonlyArray<string>
  readonly networkSets: ReadonlyArray<string>
  /** Those that hang on what is not given. */
  readonly perhaps: ReadonlyArray<string>
}

const select = (world: PolicyWorld, selector: Selector, isAmong: (it: Entity) => boolean): SelectedPeers => {
  const first = compile(selector)
  const pods = [...world.endpoints.pods.values()].map((pod) => entityOfWorkload(world.peers.filledIn(pod)))
  const found = [...pods, ...world.endpoints.entities].filter(isAmong).map((entity) => ({
    entity,
    holds: followAll(first, entity.known.labels, entity.known.open?.isOpen ?? (() => false)),
  }))
  const surely = (tag: Entity['_tag']): ReadonlyArray<string> =>
    found.flatMap(({ entity, holds }) => (holds === 2 && entity._tag === tag ? [entity.name] : []))
  return {
    pods: surely('Workload'),
    hostEndpoints: surely('HostEndpoint'),
    networkSets: surely('NetworkSet'),
    perhaps: found.flatMap(({ entity, holds }) => (holds === 1 ? [entity.name] : [])),
  }
}

/** What a selector finds, as one that stands in a rule of a global policy. */
export const peersOfSelector = (world: PolicyWorld, text: string): E.Either<Invalid, SelectedPeers> =>
  E.map((selector: Selector) => select(world, selector, () => true))(parseSelector(text))

/** What a policy applies to, by its name as `NetworkPolicy(shop/api)`; `undefined` where the world has no such policy. */
export const peersOfPolicy = (world: PolicyWorld, name: string): SelectedPeers | undefined => {
  const policy = world.policies.tiers.flatMap(({ policies }) => policies).find((it) => it.name === name)
  if (policy === undefined) return undefined
  const selector = selectorOf(policy.resource)
  if (selector === undefined) return { pods: [], hostEndpoints: [], networkSets: [], perhaps: [] }
  // Policies apply to pods and hosts, never to sets; what comes before conntrack or DNAT, to hosts alone.
  const isAmong = ({ _tag }: Entity): boolean =>
    _tag === 'HostEndpoint' || (_tag === 'Workload' && policy.hook === 'normal')
  return select(world, selector, isAmong)
}
