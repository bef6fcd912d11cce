import fc from 'fast-check'
import type { Flow, Manifest, World } from '../../flow-case.js'
import { hostEndpoint, namespaces, nodes, pods, serviceAccounts } from './ends.js'
import { aim, flowOf } from './flow.js'
import { kubernetesPolicy } from './kubernetes.js'
import { globalNetworkPolicy, hostPolicy, networkPolicy } from './policy.js'
import { endpointSlice, networkSet } from './sets.js'
import { plain } from './words.js'

/** A world, and the flows to ask about in it. */
export interface Case {
  readonly world: World
  readonly flows: ReadonlyArray<Flow>
}

export interface Sample {
  readonly seed: number
  readonly flows: number
}

export const flowsPerWorld = 40

/** One of a kind, namespace and name, as in a cluster. */
const distinct = (resources: ReadonlyArray<Manifest>): ReadonlyArray<Manifest> => {
  const identity = ({ apiVersion, kind, metadata }: Manifest): string => {
    const { namespace, name } = metadata as { namespace?: string; name: string }
    return JSON.stringify([apiVersion, kind, namespace, name])
  }
  return [...new Map(resources.map((resource) => [identity(resource), resource])).values()]
}

const some = (arbitrary: fc.Arbitrary<unknown>, maxLength: number): fc.Arbitrary<ReadonlyArray<Manifest>> =>
  fc.array(arbitrary as fc.Arbitrary<Manifest>, { maxLength })

const resourcesOf = (...parts: ReadonlyArray<fc.Arbitrary<ReadonlyArray<Manifest>>>) =>
  fc
    .tuple(...parts)
    .map((all) => [...distinct(all.flat())])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }))

const ends = { namespaces, serviceAccounts, pods }
const aims = fc.array(aim, { minLength: flowsPerWorld, maxLength: flowsPerWorld })

const cases = (world: fc.Arbitrary<World>, { seed, flows }: Sample): ReadonlyArray<Case> =>
  fc
    .sample(fc.tuple(world, aims), { seed, numRuns: Math.ceil(flows / flowsPerWorld) })
    .map(([made, aims]) => {
      const world = plain(made)
      return { world, flows: aims.map((aim) => flowOf(world, aim)) }
    })

const podWorld: fc.Arbitrary<World> = fc.record({
  ...ends,
  resources: resourcesOf(
    some(globalNetworkPolicy, 3),
    some(networkPolicy, 4),
    some(kubernetesPolicy, 2),
    some(networkSet, 3),
    some(endpointSlice, 2),
  ),
})

/** Felix's parameters as FelixConfiguration or the environment would set them. */
const config = fc.record(
  {
    DefaultEndpointToHostAction: fc.constantFrom('DROP', 'RETURN', 'ACCEPT'),
    FailsafeInboundHostPorts: fc.constantFrom(
      'none',
      'tcp:22',
      'tcp:192.0.2.0/24:22,udp:0.0.0.0/0:53',
      'tcp:[fd00::/64]:80,udp:68',
    ),
    FailsafeOutboundHostPorts: fc.constantFrom('none', 'udp:53,tcp:443', 'tcp:198.51.100.0/24:443'),
  },
  { requiredKeys: [] },
)

const hostWorld: fc.Arbitrary<World> = fc.record({
  ...ends,
  nodes: fc.constant(nodes),
  config,
  resources: resourcesOf(
    fc.array(hostEndpoint as fc.Arbitrary<Manifest>, { minLength: 1, maxLength: 4 }),
    some(hostPolicy, 4),
    some(networkPolicy, 1),
    some(kubernetesPolicy, 1),
    some(networkSet, 2),
    some(endpointSlice, 1),
  ),
})

/** Pods, and what is outside. */
export const podCases = (sample: Sample): ReadonlyArray<Case> => cases(podWorld, sample)

/** Nodes beside pods, with host endpoints and policies that may reach both. */
export const hostCases = (sample: Sample): ReadonlyArray<Case> => cases(hostWorld, sample)
