import type { KubeObject } from '../../cluster/port.js'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fields = (value: unknown): Fields => (isFields(value) ? value : {})

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** A rule always has both ends, if only empty ones. */
const rule = (value: unknown): Fields => ({ source: {}, destination: {}, ...fields(value) })

/** **Source**: `libcalico-go/lib/clientv3/globalnetworkpolicy.go`, defaultPolicyTypesField. */
const types = (spec: Fields): ReadonlyArray<unknown> => {
  if (list(spec.types).length > 0) return list(spec.types)
  if (list(spec.egress).length === 0) return ['Ingress']
  return list(spec.ingress).length === 0 ? ['Egress'] : ['Ingress', 'Egress']
}

const rules = (spec: Fields, direction: 'ingress' | 'egress'): Fields =>
  list(spec[direction]).length === 0 ? {} : { [direction]: list(spec[direction]).map(rule) }

const policy = ({ ingress, egress, ...spec }: Fields): Fields => ({
  ...spec,
  ...rules({ ingress, egress }, 'ingress'),
  ...rules({ ingress, egress }, 'egress'),
  types: types({ ...spec, ingress, egress }),
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

/** The resource as Calico's client completes it before it writes. */
export const completed = (object: KubeObject): KubeObject =>
  object.kind === 'NetworkPolicy' || object.kind === 'GlobalNetworkPolicy'
    ? { ...object, spec: pruned(policy(fields(object.spec))) }
    : object
