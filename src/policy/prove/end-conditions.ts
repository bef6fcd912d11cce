import { addressValue, networkInterval } from '../../net/cidr.js'
import { type Interval, join } from '../../net/interval.js'
import { compile, type Next } from '../../selector/match.js'
import { endHolds, scopeHolds } from '../compile/end-holds.js'
import { intervalOf } from '../compile/net-table.js'
import type { PeerClass } from '../compile/peer-class.js'
import type { SelectorId } from '../compile/selector-index.js'
import { followAll } from '../compile/selector-steps.js'
import { selectorAt } from '../compile/selector-table.js'
import type { EndTest, Nets, Scope, TestTable } from '../compile/test-table.js'
import type { Certainty } from '../compile/three-valued.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Entity } from '../world/entity.js'
import type { Endpoint } from '../world/flow.js'
import { allOf, anyOf, byAddress, byAssumption, type Condition, constant, negated } from './condition.js'
import type { OpenEnd, Side } from './flow-state.js'
import { bySelector } from './pod-labels.js'

type Spans = ReadonlyArray<Interval<bigint>>

/** What is asked of ends, in one world and with the selectors of one table. `text` is what the question is in words. */
export interface EndConditions {
  /** Whether a policy with this scope applies to a pod. */
  readonly selects: (scope: Scope, side: Side, text: string) => Condition
  /** Whether a rule means an end: ports aside. */
  readonly means: (test: EndTest, side: Side, text: string) => Condition
  /** Whether the pod itself, and nothing else at its address, is in a scope. */
  readonly isOwn: (scope: Scope, side: Side, text: string) => Condition
  /** By what nobody has said: the same in two worlds only where they know the same. */
  readonly byUnknown: (what: string) => Condition
  /** What is known of an endpoint of the world, at its address of a family. */
  readonly peerOf: (end: OpenEnd, family: 4 | 6 | undefined) => PeerClass | undefined
}

const spansOf = ({ _tag, nets }: Entity): Spans =>
  nets.flatMap((text) => {
    if (_tag === 'NetworkSet') return networkInterval(text) ?? []
    const address = addressValue(text)
    return address === undefined ? [] : [{ from: address, until: address + 1n }]
  })

/** The selectors that conditions are made of, and a word that tells what this world does not know from others' unknowns. */
export interface Vocabulary {
  readonly tests: TestTable
  readonly mark: string
}

const nobody = (): boolean => false

export const endConditions = (world: PolicyWorld, { tests, mark }: Vocabulary): EndConditions => {
  const byUnknown = (what: string): Condition => byAssumption(`${what}${mark}`)
  /** Where something is not known of an endpoint that is given. */
  const byCertainty = (certainty: Certainty, what: string): Condition =>
    certainty === 1 ? byUnknown(what) : constant(certainty === 2)

  const steps = new Map<SelectorId, Next>()
  const found = new Map<SelectorId, { readonly yes: Spans; readonly maybe: Spans }>()
  const stepsOf = (id: SelectorId): Next => {
    const there = steps.get(id) ?? compile(selectorAt(tests.selectors, id))
    steps.set(id, there)
    return there
  }
  const others = world.endpoints.entities.map((entity) => ({ entity, spans: spansOf(entity) }))
  /** Where the sets and hosts are that a selector finds. */
  const foundBy = (id: SelectorId) => {
    const there = found.get(id)
    if (there !== undefined) return there
    const [yes, maybe]: [Array<Interval<bigint>>, Array<Interval<bigint>>] = [[], []]
    for (const { entity, spans } of others) {
      const holds = followAll(stepsOf(id), entity.known.labels, entity.known.open?.isOpen ?? nobody)
      if (holds !== 0) (holds === 2 ? yes : maybe).push(...spans)
    }
    const made = { yes: join(yes), maybe: join(maybe) }
    found.set(id, made)
    return made
  }
  const resolved = new Map<Endpoint, ReturnType<PolicyWorld['peers']['resolve']>>()
  const peerOf: EndConditions['peerOf'] = ({ given }, family) => {
    if (given === undefined) return undefined
    const peer = resolved.get(given.endpoint) ?? world.peers.resolve(given.endpoint)
    resolved.set(given.endpoint, peer)
    return (peer.at.find((it) => it.family === family) ?? peer.at[0]).peer
  }

  const isOwn: EndConditions['isOwn'] = (scope, side, text) => {
    if (scope === 'all') return constant(true)
    if (scope === 'unreadable')
      return byUnknown(`what a selector means that cannot be read, at ${side}: ${text}`)
    return bySelector(side, stepsOf(scope))
  }
  /** Whether something at the address is in the scope. */
  const finds = (scope: Scope, side: Side, text: string): Condition => {
    if (typeof scope !== 'number') return isOwn(scope, side, text)
    const { yes, maybe } = foundBy(scope)
    const isThere = byUnknown(`the labels of what is at the address at ${side}: ${text}`)
    const there = [
      ...(yes.length === 0 ? [] : [byAddress(side, yes)]),
      ...(maybe.length === 0 ? [] : [allOf([byAddress(side, maybe), isThere])]),
    ]
    const [ofPod, ofAddress] = [anyOf([bySelector(side, stepsOf(scope)), ...there]), anyOf(there)]
    return (state) => (state[side].isPod ? ofPod : ofAddress)(state)
  }
  const within = ({ ids, isUnreadable }: Nets, side: Side, text: string): Condition => {
    const inside = byAddress(side, join(ids.map((id) => intervalOf(tests.nets, id))))
    return isUnreadable
      ? anyOf([inside, byUnknown(`what a network is that cannot be read, at ${side}: ${text}`)])
      : inside
  }
  const outside = (nets: Nets, side: Side, text: string): Condition => {
    const isNot = negated(within(nets, side, text))
    return (state) => {
      const isAsked = nets.isUnreadable || state.family === undefined || nets.families.includes(state.family)
      return isAsked ? isNot(state) : [{ state, holds: false }]
    }
  }
  const isBehind = (service: string, side: Side): Condition => {
    if (service.startsWith('/')) return constant(false)
    if (world.parts.slices === undefined)
      return byUnknown(`the EndpointSlices of the service ${service} (${side})`)
    const spans = [...world.endpoints.services].flatMap(([address, members]) =>
      members.some((it) => it.service === service) ? [{ from: address, until: address + 1n }] : [],
    )
    return byAddress(side, join(spans))
  }
  const meansAny = (test: EndTest, side: Side, text: string): Condition =>
    allOf([
      ...(test.scope === 'all' ? [] : [finds(test.scope, side, text)]),
      ...(test.notScope === undefined ? [] : [negated(finds(test.notScope, side, `not ${text}`))]),
      ...(test.nets === undefined ? [] : [within(test.nets, side, text)]),
      ...(test.notNets === undefined ? [] : [outside(test.notNets, side, text)]),
      ...(test.service === undefined ? [] : [isBehind(test.service, side)]),
    ])
  const services = { isKnown: () => world.parts.slices !== undefined }
  return {
    peerOf,
    isOwn,
    byUnknown,
    selects: (scope, side, text) => {
      const any = isOwn(scope, side, text)
      return (state) => {
        const peer = peerOf(state[side], state.family)
        if (peer === undefined) return any(state)
        const holds = peer.own === undefined ? 0 : scopeHolds(scope, peer.own)
        return byCertainty(holds, `whether ${text} selects ${state[side].given?.name}`)(state)
      }
    },
    means: (test, side, text) => {
      const any = meansAny(test, side, text)
      return (state) => {
        const peer = peerOf(state[side], state.family)
        if (peer === undefined) return any(state)
        const holds = endHolds(test, peer, services)
        return byCertainty(holds, `whether ${text} means ${state[side].given?.name} (${side})`)(state)
      }
    },
  }
}
