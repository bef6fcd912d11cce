import { type CompiledWorld, insideOf } from '../../policy/compiled-world.js'
import type { Network } from '../../policy/world/flow.js'

/** All addresses that are no pod's: of IPv6 where a pod has one. */
export const outsideOf = (...worlds: ReadonlyArray<CompiledWorld>): Readonly<Record<string, Network>> => {
  const has6 = worlds.some((world) =>
    [...insideOf(world).endpoints.pods.values()].some(({ ip, ips = [] }) =>
      [ip ?? '', ...ips].some((it) => it.includes(':')),
    ),
  )
  return { outside: { _tag: 'Network', nets: has6 ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'] } }
}
