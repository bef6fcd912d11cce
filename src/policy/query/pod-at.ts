import { addressValue } from '../../net/cidr.js'
import { addressesOf } from '../world/entity.js'
import type { Workload } from '../world/flow.js'

type Pods = ReadonlyMap<string, Workload>
type Index = ReadonlyMap<bigint, string | undefined>

const indexes = new WeakMap<Pods, Index>()

/** Where several pods have an address, none is found by it. */
const indexOf = (pods: Pods): Index => {
  const found = new Map<bigint, string | undefined>()
  for (const [name, pod] of pods)
    for (const value of addressesOf(pod)) found.set(value, found.has(value) ? undefined : name)
  indexes.set(pods, found)
  return found
}

/** The name of the pod that has an address. Pods are put in order when they are first asked about. */
export const podAt = ({ pods }: { readonly pods: Pods }, ip: string): string | undefined => {
  const value = addressValue(ip)
  return value === undefined ? undefined : (indexes.get(pods) ?? indexOf(pods)).get(value)
}
