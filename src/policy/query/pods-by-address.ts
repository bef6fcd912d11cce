import { addressValue } from '../../net/cidr.js'
import { addressesOf } from '../world/entity.js'
import type { Workload } from '../world/flow.js'

/** The pod that has an address; `undefined` where none has it, or several do. Put in order when it is first asked. */
export const podsByAddress = ({
  pods,
}: {
  readonly pods: ReadonlyMap<string, Workload>
}): ((ip: string) => Workload | undefined) => {
  let found: Map<bigint, Workload | 'several'> | undefined
  const index = (): Map<bigint, Workload | 'several'> => {
    const made = new Map<bigint, Workload | 'several'>()
    for (const pod of pods.values())
      for (const value of addressesOf(pod)) made.set(value, made.has(value) ? 'several' : pod)
    return made
  }
  return (ip) => {
    const value = addressValue(ip)
    if (value === undefined) return undefined
    found ??= index()
    const pod = found.get(value)
    return pod === 'several' ? undefined : pod
  }
}
