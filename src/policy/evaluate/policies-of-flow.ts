import type { PolicyType } from '../../model/policy/policy.js'
import { namespaceOf } from '../../model/resource-id.js'
import { compile, type Next } from '../../selector/match.js'
import { wantedBy } from '../compile/policy-selector.js'
import { followAll, type IsOpen } from '../compile/selector-steps.js'
import { type AnyPolicy, typesOf } from '../world/any-policy.js'
import type { Flow, Workload } from '../world/flow.js'
import { labelsOfWorkload, type OpenLabels } from '../world/known-labels.js'
import type { GivenPolicy, WorldParts } from '../world/world-parts.js'

/** The steps of the selectors of a policy, by what they are made of: a policy itself may change from call to call. */
const known = new Map<string, ReadonlyArray<Next>>()
const mostKnown = 5_000

const stepsOf = (policy: AnyPolicy): ReadonlyArray<Next> => {
  const { selector = '', serviceAccountSelector = '' } = policy.spec
  const namespaceSelector = 'namespaceSelector' in policy.spec ? policy.spec.namespaceSelector : ''
  const key = `${policy.kind}\n${selector}\n${serviceAccountSelector}\n${namespaceSelector}`
  const there = known.get(key)
  if (there !== undefined) return there
  // What cannot be read may be anything.
  const made = wantedBy(policy).flatMap(({ selector: it }) => (it === undefined ? [] : [compile(it)]))
  if (known.size >= mostKnown) known.clear()
  known.set(key, made)
  return made
}

const closed: IsOpen = () => false

/** What a pod's policies are found by, for one direction. */
interface Side {
  readonly direction: PolicyType
  readonly pod: Workload
  readonly labels: OpenLabels
}

const maySelect = (policy: AnyPolicy, { direction, pod, labels: { labels, open } }: Side): boolean => {
  const namespace = namespaceOf(policy)
  if (namespace !== undefined && namespace !== pod.namespace) return false
  if (!typesOf(policy).includes(direction)) return false
  const isOpen = open?.isOpen ?? closed
  return stepsOf(policy).every((first) => followAll(first, labels, isOpen) !== 0)
}

/** The policy, as far as some directions of it are asked. */
const narrowed = (given: GivenPolicy, types: ReadonlyArray<PolicyType>): GivenPolicy => {
  const { resource } = given
  if (types.length === typesOf(resource).length) return given
  const { metadata, spec } = resource
  return { ...given, resource: { ...resource, metadata, spec: { ...spec, types } } as AnyPolicy }
}

/** With these there are, or may be, host endpoints. */
const kindsOfHosts: ReadonlySet<string> = new Set(['HostEndpoint', 'KubeControllersConfiguration', 'Node'])

/** What one flow needs of a world of resources alone. */
export interface FlowParts {
  readonly parts: WorldParts
  /** The labels of each end that is a pod, worked out on the way. */
  readonly from: OpenLabels | undefined
  readonly to: OpenLabels | undefined
}

/**
 * The policies that may select one of the flow's ends. The others have no say in it, and are not compiled. Where hosts are,
 * all may have.
 */
export const partsForFlow = (parts: WorldParts, { from, to }: Flow): FlowParts => {
  const labels = {
    from: from._tag === 'Workload' ? labelsOfWorkload(from) : undefined,
    to: to._tag === 'Workload' ? labelsOfWorkload(to) : undefined,
  }
  if (parts.others.some(({ kind }) => kindsOfHosts.has(kind))) return { parts, ...labels }
  const sides: Array<Side> = []
  if (from._tag === 'Workload' && labels.from !== undefined)
    sides.push({ direction: 'Egress', pod: from, labels: labels.from })
  if (to._tag === 'Workload' && labels.to !== undefined)
    sides.push({ direction: 'Ingress', pod: to, labels: labels.to })
  const policies: Array<GivenPolicy> = []
  for (const given of parts.policies) {
    const types = sides.flatMap((side) => (maySelect(given.resource, side) ? [side.direction] : []))
    if (types.length > 0) policies.push(narrowed(given, types))
  }
  return { parts: { ...parts, policies }, ...labels }
}
