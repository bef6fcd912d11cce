import type { KubeObject } from '../../cluster/port.js'
import { minorOf } from '../../model/calico-version.js'
import { defaultTierOrder } from '../../model/tier.js'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fields = (value: unknown): Fields => (isFields(value) ? value : {})

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** Up to 3.31 a rule always has both ends, if only empty ones; since then it has no empty one. */
const ends = (value: unknown, minor: number): Fields => {
  const { source = {}, destination = {}, ...rest } = fields(value)
  if (minor < 32) return { source, destination, ...rest }
  const given = Object.entries({ source, destination }).filter(
    ([, end]) => Object.keys(fields(end)).length > 0,
  )
  return { ...rest, ...Object.fromEntries(given) }
}

/** **Source**: `libcalico-go/lib/clientv3/globalnetworkpolicy.go`, defaultPolicyTypesField; since 3.32 `api/pkg/defaults`. */
const types = (spec: Fields): ReadonlyArray<unknown> | undefined => {
  if (spec.stagedAction === 'Delete') return undefined
  if (list(spec.types).length > 0) return list(spec.types)
  if (list(spec.egress).length === 0) return ['Ingress']
  return list(spec.ingress).length === 0 ? ['Egress'] : ['Ingress', 'Egress']
}

const policy = (spec: Fields, minor: number): Fields => ({
  ...spec,
  ingress: list(spec.ingress).map((rule) => ends(rule, minor)),
  egress: list(spec.egress).map((rule) => ends(rule, minor)),
  types: types(spec),
})

/** **Source**: `libcalico-go/lib/resources/tier.go`. */
const tier = (spec: Fields): Fields => ({ order: defaultTierOrder, defaultAction: 'Deny', ...spec })

/** **Source**: `libcalico-go/lib/clientv3/ippool.go`, validateAndSetDefaults. */
const pool = (spec: Fields): Fields => ({
  ...spec,
  nodeSelector: spec.nodeSelector || 'all()',
  blockSize: spec.blockSize || (String(spec.cidr).includes(':') ? 122 : 26),
  allowedUses: list(spec.allowedUses).length === 0 ? ['Workload', 'Tunnel'] : spec.allowedUses,
  ipipMode: spec.ipipMode || 'Never',
  vxlanMode: spec.vxlanMode || 'Never',
})

const isNothing = (value: unknown): boolean =>
  value === false || value === '' || value === undefined || (Array.isArray(value) && value.length === 0)

/** Without what Go leaves out when it writes. */
const pruned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pruned)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => (isNothing(field) ? [] : [[key, pruned(field)]])),
  )
}

/** What the client completes of a kind, and for which of them it leaves out what Go counts as nothing. */
const completions: Readonly<Record<string, (spec: Fields, minor: number) => Fields>> = {
  NetworkPolicy: policy,
  GlobalNetworkPolicy: policy,
  StagedNetworkPolicy: policy,
  StagedGlobalNetworkPolicy: policy,
  StagedKubernetesNetworkPolicy: (spec) => spec,
  Tier: tier,
  IPPool: pool,
}

/** The resource as Calico's client completes it before it writes. */
export const completed = (object: KubeObject, release: string): KubeObject => {
  const complete = completions[object.kind]
  if (complete === undefined) return object
  return { ...object, spec: pruned(complete(fields(object.spec), minorOf(release))) }
}
