import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, invalid } from '../../error.js'
import type { PolicyType } from '../../model/policy/policy.js'
import { parseAddresses, printAddresses } from '../../net/cidr.js'
import { join } from '../../net/interval.js'
import type { ResolvedPeer } from '../compile/peer-resolver.js'
import type { EndTest } from '../compile/test-table.js'
import { connectionSets } from '../connectivity/peer-pair.js'
import { printSet } from '../connectivity/print-connectivity.js'
import type { ConnectionSet } from '../connectivity/traffic.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { Endpoint } from '../world/flow.js'
import type { Condition } from './condition.js'
import { describeEnd, printWho, type Who } from './describe-end.js'
import { endConditions } from './end-conditions.js'
import { anyEnd, anyFlow, type FlowState, type OpenEnd } from './flow-state.js'
import { takenIn } from './roots.js'
import { witnessOf } from './witness.js'

/** Those who may send something to a pod, or be sent it, and what. */
export interface Exposed extends ConnectionSet {
  readonly who: ReadonlyArray<Who>
}

/** What a pod's own policies of one direction leave open. */
export interface DirectionExposure {
  /** Whether some policy of the direction selects the pod; else all is open. */
  readonly isCaptured: boolean
  readonly open: ReadonlyArray<Exposed>
  /** Whether there were too many kinds of others to tell apart; then `open` is not all. */
  readonly isCut: boolean
}

/** What a pod is open to from anybody, pods that do not exist yet included, and whom it may reach itself. */
export interface Exposure {
  readonly peer: string
  readonly ingress: DirectionExposure
  readonly egress: DirectionExposure
}

const mostKinds = 2_000

interface Kind {
  readonly state: FlowState
  readonly set: ConnectionSet
}

/** What a direction is asked with: of the other end, whether each rule means it. */
const conditionsOf = (
  world: PolicyWorld,
  { at: [{ peer }] }: ResolvedPeer,
  direction: PolicyType,
): ReadonlyArray<Condition> => {
  const ends = endConditions(world, { tests: world.tests, mark: '' })
  const tests = new Map<EndTest, Condition>()
  for (const { rule } of world.evaluator.chain(peer, direction)) {
    const [test, side] =
      direction === 'Ingress' ? ([rule?.source, 'from'] as const) : ([rule?.destination, 'to'] as const)
    if (test !== undefined && test.id !== 0 && !tests.has(test))
      tests.set(test, ends.means(test, side, `${test.id}`))
  }
  return [...tests.values()]
}

/** Kinds of others: split where a rule tells them apart, and put together again where it makes no difference. */
const kindsOf = (
  first: FlowState,
  conditions: ReadonlyArray<Condition>,
  setOf: (state: FlowState) => ConnectionSet | undefined,
): { readonly kinds: ReadonlyArray<Kind>; readonly isCut: boolean } => {
  let left = mostKinds
  const from = (state: FlowState, place: number): ReadonlyArray<Kind> => {
    const condition = conditions[place]
    if (left < 0) return []
    if (condition === undefined) {
      left--
      const set = setOf(state)
      return set === undefined ? [] : [{ state, set }]
    }
    const ways = condition(state)
    const [only] = ways
    if (only !== undefined && ways.length === 1) return from(only.state, place + 1)
    const kinds = ways.flatMap((way) => from(way.state, place + 1))
    const [one] = kinds
    return one !== undefined && kinds.every(({ set }) => set === one.set) ? [{ state, set: one.set }] : kinds
  }
  const kinds = from(first, 0)
  return { kinds, isCut: left < 0 }
}

const families = [4, 6] as const

/** The same pods twice are the same; addresses are put together. */
const gathered = (some: ReadonlyArray<Who>): ReadonlyArray<Who> => {
  const pods = new Map<string, Who>()
  for (const who of some) if (who._tag === 'Pods') pods.set(JSON.stringify(who), who)
  const spans = some.flatMap((who) =>
    who._tag === 'Addresses' ? who.addresses.flatMap((text) => parseAddresses(text) ?? []) : [],
  )
  return [
    ...pods.values(),
    ...(spans.length === 0
      ? []
      : [{ _tag: 'Addresses' as const, addresses: join(spans).map(printAddresses) }]),
  ]
}

/** Which names the ports of a pod will have that does not exist yet, nobody knows. */
const withoutPorts = (endpoint: Endpoint): Endpoint => {
  if (endpoint._tag !== 'Workload') return endpoint
  const { namedPorts: _, ...pod } = endpoint
  return pod
}

const inDirection = (
  world: PolicyWorld,
  name: string,
  peer: ResolvedPeer,
  direction: PolicyType,
): DirectionExposure => {
  const conditions = conditionsOf(world, peer, direction)
  const sets = connectionSets(world, direction)
  const isTaken = takenIn([world])
  const given = (family: 4 | 6): OpenEnd => ({
    ...anyEnd(true, family),
    given: { name, endpoint: peer.endpoint },
  })
  const other = direction === 'Ingress' ? 'from' : 'to'
  const setOf = (state: FlowState): ConnectionSet | undefined => {
    const flow = witnessOf(state, isTaken)
    if (flow === undefined || flow === 'impossible') return undefined
    const resolved = world.peers.resolve(withoutPorts(flow[other]))
    return sets.between(other === 'from' ? { from: resolved, to: peer } : { from: peer, to: resolved })
  }
  const isOf = (family: 4 | 6): boolean =>
    peer.at.some((it) => it.family === family || it.family === undefined)
  const found = new Map<ConnectionSet, Array<Who>>()
  let isCut = false
  for (const family of families.filter(isOf)) {
    for (const isPod of [true, false]) {
      const [mine, theirs] = [given(family), anyEnd(isPod, family)]
      const ends = other === 'from' ? { from: theirs, to: mine } : { from: mine, to: theirs }
      const { kinds, isCut: some } = kindsOf(anyFlow(ends, family), conditions, setOf)
      isCut ||= some
      for (const { state, set } of kinds)
        found.set(set, [...(found.get(set) ?? []), describeEnd(state[other], family)])
    }
  }
  return {
    isCaptured: world.evaluator.chain(peer.at[0].peer, direction).length > 0,
    open: [...found]
      .filter(([{ allowed, unknown }]) => allowed.length + unknown.length > 0)
      .map(([set, who]) => ({ who: gathered(who), ...set })),
    isCut,
  }
}

const hintFor = ({ endpoint, isHost }: ResolvedPeer): string =>
  isHost && endpoint._tag === 'Node'
    ? `name it in connectivity, as { ${endpoint.name}: { _tag: 'Node', name: '${endpoint.name}' } }`
    : 'name a pod of the world, as shop/web, or describe one'

/**
 * What a pod's own policies leave open, by who it is. What the policies of the other end say is not looked at: a pod that does
 * not exist yet may have any. Of a node, and of an address, it is not known: an issue says so.
 */
export const exposureOf = (world: PolicyWorld, peer: ResolvedPeer): E.Either<Invalid, Exposure> => {
  const { endpoint } = peer
  if (endpoint._tag !== 'Workload') {
    const name = endpoint._tag === 'Node' ? `the node ${endpoint.name}` : endpoint.ip
    const message = `exposure is about pods, and ${name} is not a pod of the world`
    return E.left(invalid([{ rule: 'no-such-peer', path: [], message, hint: hintFor(peer) }]))
  }
  const name = `${endpoint.namespace}/${endpoint.name ?? '(a pod)'}`
  return E.right({
    peer: name,
    ingress: inDirection(world, name, peer, 'Ingress'),
    egress: inDirection(world, name, peer, 'Egress'),
  })
}

const lines = ({ isCaptured, open, isCut }: DirectionExposure): ReadonlyArray<string> => [
  ...(isCaptured ? [] : ['    no policy selects it']),
  ...(open.length === 0 ? ['    nobody'] : []),
  ...open.flatMap(({ who, ...set }) => who.map((it) => `    ${printWho(it)}: ${printSet(set)}`)),
  ...(isCut ? ['    and more, of too many kinds to list'] : []),
]

/**
 * An exposure as text for people.
 *
 * @example
 * const pods = [{ _tag: 'Workload', namespace: 'shop', name: 'web' }]
 * const world = orThrow(compile({ resources: [networkPolicy('none', 'shop').denyIngress()], pods }))
 * printExposure(orThrow(world.exposure('shop/web'))).split('\n').slice(0, 3) // => ['shop/web', '  open to', '    nobody']
 */
export const printExposure = ({ peer, ingress, egress }: Exposure): string =>
  [peer, '  open to', ...lines(ingress), '  may reach', ...lines(egress)].join('\n')
