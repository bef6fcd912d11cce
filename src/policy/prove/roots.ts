import { addressValue } from '../../net/cidr.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { addressesOf } from '../world/entity.js'
import { anyEnd, anyFlow, type FlowState, type OpenEnd } from './flow-state.js'
import type { IsTaken } from './witness.js'

const families = [4, 6] as const

const anybody = (): ReadonlyArray<FlowState> =>
  families.flatMap((family) => {
    const [pod, address] = [anyEnd(true, family), anyEnd(false, family)]
    return [
      anyFlow({ from: pod, to: pod }, family),
      anyFlow({ from: pod, to: address }, family),
      anyFlow({ from: address, to: pod }, family),
    ]
  })

/** An end for each class of a world's pods, in each of the worlds: pods that neither tells apart stand for each other. */
const givenEnds = (
  worlds: ReadonlyArray<PolicyWorld>,
): ReadonlyArray<OpenEnd & { families: ReadonlySet<number | undefined> }> => {
  const [first] = worlds
  const found = new Map<string, OpenEnd & { families: ReadonlySet<number | undefined> }>()
  for (const [name, endpoint] of first?.endpoints.pods ?? []) {
    const peers = worlds.map((world) => world.peers.resolve(endpoint))
    const key = peers.map(({ at }) => at.map(({ peer, family }) => `${peer.id}/${family}`).join()).join(' ')
    if (found.has(key)) continue
    found.set(key, {
      ...anyEnd(true, 4),
      addresses: [],
      given: { name, endpoint },
      families: new Set(peers[0]?.at.map(({ family }) => family)),
    })
  }
  return [...found.values()]
}

/** As `verdict` has it: both of one family, where both are known. */
const sharedFamilies = (
  a: ReadonlySet<number | undefined>,
  b: ReadonlySet<number | undefined>,
): ReadonlyArray<4 | 6 | undefined> => {
  const known = families.filter((it) => (a.has(it) || a.has(undefined)) && (b.has(it) || b.has(undefined)))
  return a.has(undefined) && b.has(undefined) ? [undefined] : known
}

const given = (worlds: ReadonlyArray<PolicyWorld>): ReadonlyArray<FlowState> => {
  const ends = givenEnds(worlds)
  return ends.flatMap((from) =>
    ends.flatMap((to) =>
      sharedFamilies(from.families, to.families).map((family) => anyFlow({ from, to }, family)),
    ),
  )
}

/** All flows there are: of anybody, or between the pods of the first world. */
export const allFlows = (
  worlds: ReadonlyArray<PolicyWorld>,
  over: 'everything' | 'given',
): ReadonlyArray<FlowState> => (over === 'given' ? given(worlds) : anybody())

/** The addresses that are some endpoint's in one of the worlds. */
export const takenIn = (worlds: ReadonlyArray<PolicyWorld>): IsTaken => {
  let taken: Set<bigint> | undefined
  const make = (): Set<bigint> => {
    const all = new Set<bigint>()
    for (const { endpoints } of worlds) {
      for (const pod of endpoints.pods.values()) for (const it of addressesOf(pod)) all.add(it)
      for (const { ips } of endpoints.hosts.byName.values())
        for (const ip of ips) all.add(addressValue(ip) ?? -1n)
      for (const { _tag, nets } of endpoints.entities)
        if (_tag === 'HostEndpoint') for (const net of nets) all.add(addressValue(net) ?? -1n)
    }
    return all
  }
  return (address) => {
    taken ??= make()
    return taken.has(address)
  }
}
