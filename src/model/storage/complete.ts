import { familyAt, networkInterval } from '../../net/cidr.js'
import { parseNetwork, printNetwork } from '../../net/ip-address.js'
import { minorOf } from '../calico-version.js'
import { isPlain, type Plain } from '../codec/json.js'
import { isTiered } from '../kind.js'
import { defaultTierOrder } from '../policy/tier.js'
import { canonicalDurations } from './canonical-durations.js'

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const plain = (value: unknown): Plain => (isPlain(value) ? value : {})

/** Up to 3.31 a rule always has both ends, if only empty ones; since then it has no empty one. */
const ends = (value: unknown, minor: number): Plain => {
  const { source = {}, destination = {}, ...rest } = plain(value)
  if (minor < 32) return { source, destination, ...rest }
  const given = Object.entries({ source, destination }).filter(
    ([, end]) => Object.keys(plain(end)).length > 0,
  )
  return { ...rest, ...Object.fromEntries(given) }
}

/** **Source**: `libcalico-go/lib/clientv3/globalnetworkpolicy.go`, defaultPolicyTypesField; since 3.32 `api/pkg/defaults`. */
const types = (spec: Plain): ReadonlyArray<unknown> | undefined => {
  if (spec.stagedAction === 'Delete') return undefined
  if (list(spec.types).length > 0) return list(spec.types)
  if (list(spec.egress).length === 0) return ['Ingress']
  return list(spec.ingress).length === 0 ? ['Egress'] : ['Ingress', 'Egress']
}

const policy = (spec: Plain, minor: number): Plain => ({
  ...spec,
  ingress: list(spec.ingress).map((rule) => ends(rule, minor)),
  egress: list(spec.egress).map((rule) => ends(rule, minor)),
  types: types(spec),
})

const staged = (spec: Plain, minor: number): Plain =>
  minor < 32 || spec.stagedAction ? spec : { ...spec, stagedAction: 'Set' }

/** **Source**: `libcalico-go/lib/resources/tier.go`. */
const tier = (spec: Plain): Plain => ({ order: defaultTierOrder, defaultAction: 'Deny', ...spec })

/** The net as Go prints it: in its short form, without bits behind its mask. */
export const canonicalNet = <A>(cidr: A): A | string => {
  const network = typeof cidr === 'string' ? parseNetwork(cidr) : undefined
  return network === undefined ? cidr : printNetwork(network)
}

const isIPv6 = (cidr: unknown): boolean => {
  const interval = typeof cidr === 'string' ? networkInterval(cidr) : undefined
  return interval !== undefined && familyAt(interval.from) === 6
}

/** **Source**: `libcalico-go/lib/clientv3/ippool.go`, validateAndSetDefaults. */
const pool = (spec: Plain, minor: number): Plain => ({
  ...spec,
  cidr: canonicalNet(spec.cidr),
  nodeSelector: spec.nodeSelector || 'all()',
  blockSize: spec.blockSize || (isIPv6(spec.cidr) ? 122 : 26),
  allowedUses: list(spec.allowedUses).length === 0 ? ['Workload', 'Tunnel'] : spec.allowedUses,
  ipipMode: spec.ipipMode || 'Never',
  vxlanMode: spec.vxlanMode || 'Never',
  ...(minor < 32 ? {} : { assignmentMode: spec.assignmentMode || 'Automatic' }),
})

const isNothing = (value: unknown): boolean =>
  value === false || value === '' || value === undefined || (Array.isArray(value) && value.length === 0)

/** Without what Go leaves out when it writes. */
const pruned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pruned)
  if (!isPlain(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => (isNothing(field) ? [] : [[key, pruned(field)]])),
  )
}

type Completion = (spec: Plain, minor: number) => Plain

const asItIs: Completion = (spec) => spec

/** What Calico's client fills in of a kind, for the kinds of which that is known for every release. */
const completions: Readonly<Record<string, Completion>> = {
  NetworkPolicy: policy,
  GlobalNetworkPolicy: policy,
  StagedNetworkPolicy: (spec, minor) => staged(policy(spec, minor), minor),
  StagedGlobalNetworkPolicy: (spec, minor) => staged(policy(spec, minor), minor),
  StagedKubernetesNetworkPolicy: staged,
  Tier: tier,
  IPPool: pool,
  NetworkSet: asItIs,
  GlobalNetworkSet: asItIs,
  HostEndpoint: asItIs,
  IPReservation: asItIs,
  BGPPeer: asItIs,
  BGPFilter: asItIs,
}

/** Whether it is known what Calico's client fills in of the kind. */
export const isCompleted = (kind: string): boolean => Object.hasOwn(completions, kind)

/** The spec of a resource as Calico's client completes it before it writes. */
export const completeSpec = (kind: string, spec: unknown, release: string): unknown => {
  const minor = minorOf(release)
  const complete = Object.hasOwn(completions, kind) ? completions[kind] : undefined
  const written = canonicalDurations(kind, spec)
  return complete === undefined ? written : pruned(complete(plain(written), minor))
}

const tierLabel = 'projectcalico.org/tier'

/** The tier of a policy, and the label of it: since 3.29 for all but the default, and since 3.32 for that as well. */
export const tierMarks = (
  kind: string,
  spec: unknown,
  release: string,
): { readonly labels: Readonly<Record<string, string>>; readonly spec: Plain } => {
  const minor = minorOf(release)
  const { tier: given } = plain(spec)
  const name = typeof given === 'string' && given !== '' ? given : 'default'
  return isTiered(kind) && minor >= 29 && (minor >= 32 || name !== 'default')
    ? { labels: { [tierLabel]: name }, spec: { tier: name } }
    : { labels: {}, spec: {} }
}
