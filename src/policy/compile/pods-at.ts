import { addressValue } from '../../net/cidr.js'
import { addressesOf } from '../world/entity.js'
import type { Workload } from '../world/flow.js'
import type { KnownHosts } from './known-hosts.js'

type Pods = ReadonlyMap<string, Workload>
type Index = ReadonlyMap<bigint, ReadonlyArray<string>>

const indexes = new WeakMap<Pods, Index>()

const indexOf = (pods: Pods): Index => {
  const found = new Map<bigint, Array<string>>()
  for (const [name, pod] of pods)
    for (const address of addressesOf(pod)) {
      const there = found.get(address)
      if (there === undefined) found.set(address, [name])
      else if (there.at(-1) !== name) there.push(name)
    }
  indexes.set(pods, found)
  return found
}

const nobody: ReadonlyArray<string> = []

/** The names of the pods that have an address. Pods are put in order when they are first asked about. */
export const podsAt = (pods: Pods, address: bigint): ReadonlyArray<string> =>
  (indexes.get(pods) ?? indexOf(pods)).get(address) ?? nobody

/** The pods of a world, and the nodes whose addresses those on their hosts' network share. */
interface Addressed {
  readonly pods: Pods
  readonly hosts: KnownHosts
}

/** The pods that an address may stand for. What several have and a node as well is the node's. */
export const podsMeant = ({ pods, hosts }: Addressed, address: bigint | undefined): ReadonlyArray<string> => {
  if (address === undefined || pods.size === 0) return nobody
  const names = podsAt(pods, address)
  return names.length > 1 && hosts.having(address).length > 0 ? nobody : names
}

/** The name of the pod that an address stands for: the only one that has it. */
export const podAt = (given: Addressed, ip: string): string | undefined => {
  const [name, ...others] = podsMeant(given, addressValue(ip))
  return others.length === 0 ? name : undefined
}

const mostNamed = 5

/** Names in a row; of many, the first. */
export const printNames = (names: ReadonlyArray<string>): string => {
  const more = names.length - mostNamed
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
