import { isPatch, withPatch } from '../../model/patch.js'
import type { Resource } from '../../model/resource.js'
import { namespaceOf, printId, printResource } from '../../model/resource-id.js'
import { changePolicies, compileAll } from '../compile/policy-set.js'
import type { Workload } from '../world/flow.js'
import { withChanges } from '../world/layered-map.js'
import type { EndpointSlice } from '../world/service-endpoints.js'
import type { GivenPolicy, WorldParts } from '../world/world-parts.js'
import { assemble, endpointsOf, type PolicyWorld } from './policy-world.js'

const nameOfPolicy = ({ resource, origin }: GivenPolicy): string =>
  printId({ kind: origin, namespace: namespaceOf(resource), name: resource.metadata.name })

const nameOfSlice = ({ metadata }: EndpointSlice): string =>
  printId({ kind: 'EndpointSlice', namespace: metadata.namespace, name: metadata.name ?? '' })

/** What stands last in a name as `NetworkPolicy(shop/api)`. */
const lastPart = (name: string): string =>
  name.slice(Math.max(name.indexOf('('), name.lastIndexOf('/')) + 1, -1)

/** The policies with those of the same names replaced, or taken away. Most differ in the last part of it. */
const replacedPolicies = (
  { parts: { policies: list }, policies: { byName } }: PolicyWorld,
  put: ReadonlyArray<GivenPolicy>,
  gone: ReadonlySet<string>,
): ReadonlyArray<GivenPolicy> => {
  const leaving = new Set([...gone].filter((name) => byName.has(name)))
  if (leaving.size === 0) return put.length === 0 ? list : [...list, ...put]
  const last = new Set([...leaving].map(lastPart))
  const left = list.filter((it) => !last.has(it.resource.metadata.name) || !leaving.has(nameOfPolicy(it)))
  return [...left, ...put]
}

/** The list with items of the same name replaced, or taken away. */
const replaced = <A>(
  list: ReadonlyArray<A>,
  put: ReadonlyArray<A>,
  nameOf: (item: A) => string,
  removed: ReadonlySet<string>,
): ReadonlyArray<A> => {
  if (put.length + removed.size === 0) return list
  const gone = new Set([...removed, ...put.map(nameOf)])
  const left = list.filter((item) => !gone.has(nameOf(item)))
  return left.length === list.length && put.length === 0 ? list : [...left, ...put]
}

/** What configures Calico, with what is only a patch of it laid over what there is. */
const patchedOthers = (
  there: ReadonlyArray<Resource>,
  put: ReadonlyArray<Resource>,
): ReadonlyArray<Resource> =>
  put.map((it) => {
    const whole = isPatch(it) ? there.find((other) => printResource(other) === printResource(it)) : undefined
    return whole === undefined ? it : withPatch(whole, it)
  })

const taken = (kind: string, removed: ReadonlySet<string>): ReadonlyMap<string, undefined> => {
  const start = `${kind}(`
  return new Map(
    [...removed].flatMap((it) => (it.startsWith(start) ? [[it.slice(start.length, -1), undefined]] : [])),
  )
}

/**
 * The world with some things put in, in place of those of the same kind and name, and others taken away. Nothing that
 * stays is compiled anew; the world itself stays as it is.
 */
export const changeWorld = (
  world: PolicyWorld,
  put: WorldParts,
  remove: ReadonlyArray<string>,
): PolicyWorld => {
  const { parts, tests, calico } = world
  const removed = new Set(remove)
  const gone = new Set([...removed, ...put.policies.map(nameOfPolicy)])
  const pods = withChanges<string, Workload>(parts.pods, new Map([...taken('Pod', removed), ...put.pods]))
  const tiers = replaced(parts.tiers, put.tiers, printResource, removed)
  const changed: WorldParts = {
    policies: replacedPolicies(world, put.policies, gone),
    tiers,
    others: replaced<Resource>(parts.others, patchedOthers(parts.others, put.others), printResource, removed),
    pods,
    nodes: withChanges(parts.nodes, new Map([...taken('Node', removed), ...put.nodes])),
    hostPods: withChanges(parts.hostPods, new Map([...taken('Pod', removed), ...put.hostPods])),
    namespaces: withChanges(parts.namespaces, new Map([...taken('Namespace', removed), ...put.namespaces])),
    serviceAccounts:
      parts.serviceAccounts === undefined && put.serviceAccounts === undefined
        ? undefined
        : withChanges(
            parts.serviceAccounts ?? new Map(),
            new Map([...taken('ServiceAccount', removed), ...(put.serviceAccounts ?? [])]),
          ),
    slices:
      parts.slices === undefined && put.slices === undefined
        ? undefined
        : replaced(parts.slices ?? [], put.slices ?? [], nameOfSlice, removed),
    ...(parts.unread === undefined ? {} : { unread: parts.unread }),
  }
  const policies = changePolicies(world.policies, {
    areTiersSame: tiers === parts.tiers,
    tiers,
    calico,
    gone,
    added: compileAll(put.policies, tests),
  })
  const isOfPodsAlone =
    changed.others === parts.others &&
    changed.slices === parts.slices &&
    changed.namespaces === parts.namespaces &&
    changed.nodes === parts.nodes &&
    changed.hostPods === parts.hostPods
  const endpoints = isOfPodsAlone
    ? { ...world.endpoints, pods, serviceAccounts: changed.serviceAccounts }
    : endpointsOf(changed)
  return assemble(changed, calico, { tests, policies, endpoints })
}
