import { isTiered, type TieredKind } from '../../model/kind.js'
import { defaultTypes, type PolicySpec } from '../../model/policy/policy.js'
import type { Kinds, Resource } from '../../model/resource.js'
import { canonicalDurations } from '../../model/storage/canonical-durations.js'
import { canonicalNet } from '../../model/storage/complete.js'
import { appliedAnnotation } from './owner-labels.js'

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

export type Fields = { readonly [key: string]: Json }

/**
 * Calico's types hold these by value, so that Go's `omitempty` drops a `false`; every other `false` overrules a default.
 * **Source**: `api/pkg/apis/projectcalico/v3`, as are the next two.
 */
const flags: ReadonlySet<string> = new Set([
  'doNotTrack',
  'preDNAT',
  'applyOnForward',
  'natOutgoing',
  'disabled',
  'disableBGPExport',
  'keepOriginalNextHop',
])

/** Lists that they hold by a pointer: empty is "none", absent is the default. */
const lists: ReadonlySet<string> = new Set([
  'failsafeInboundHostPorts',
  'failsafeOutboundHostPorts',
  'kubeNodePortRanges',
  'externalNodesList',
  'bpfDSROptoutCIDRs',
  'bpfForceTrackPacketsFromIfaces',
  'bpfExcludeCIDRsFromNAT',
])

/** Structs that they hold by value: up to 3.31, `source: {}` is written for no source. Others are there or not. */
const structs: ReadonlySet<string> = new Set(['source', 'destination'])

/** Maps of text, in which the empty text is a value. */
const maps: ReadonlySet<string> = new Set(['labels', 'annotations', 'matchLabels'])

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether it means the same whether it is there or not. */
const isZero = (key: string, value: Json): boolean => {
  if (value === null || value === '') return true
  if (value === false) return flags.has(key)
  if (Array.isArray(value)) return value.length === 0 && !lists.has(key)
  return isFields(value) && structs.has(key) && Object.keys(value).length === 0
}

const compact = (value: unknown): Json => {
  if (Array.isArray(value)) return value.map(compact)
  if (!isFields(value)) return (value ?? null) as Json
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): ReadonlyArray<readonly [string, Json]> => {
      if (maps.has(key) && isFields(item)) return [[key, item]]
      const kept = compact(item)
      return isZero(key, kept) ? [] : [[key, kept]]
    }),
  )
}

type Policy = Kinds[TieredKind]

const isPolicy = (resource: Resource): resource is Policy => isTiered(resource.kind)

/** A policy with the types that go without saying: calicoctl fills them in by length, an API server by presence. */
export const withTypes = <R extends Resource>(resource: R): R => {
  if (!isPolicy(resource)) return resource
  const { types } = resource.spec
  if (types !== undefined && types.length > 0) return resource
  return { ...resource, spec: { ...resource.spec, types: defaultTypes(resource.spec) } }
}

const specOf = (resource: Resource): Fields => {
  if (resource.kind === 'IPPool')
    // calicoctl writes it in its short form, an API server as it is.
    return { ...(resource.spec as object as Fields), cidr: canonicalNet(resource.spec.cidr) }
  const { spec } = withTypes(resource)
  // calicoctl writes times in Go's words, an API server as they are.
  if (!isPolicy(resource)) return canonicalDurations(resource.kind, spec) as object as Fields
  const { types = [], tier, ...others } = spec as PolicySpec
  // The server writes types in its own order, and the tier that goes without saying.
  const named = tier === undefined || tier === 'default' ? {} : { tier }
  return { ...(others as object as Fields), ...named, types: [...types].sort() }
}

/** What of a resource is its author's, in one form, in which what means the same is the same. */
export const essence = (resource: Resource): Fields => {
  const { labels = {}, annotations = {} } = resource.metadata
  const { 'projectcalico.org/tier': _tier, ...ownLabels } = labels
  // It follows from the rest.
  const { [appliedAnnotation]: _applied, ...ownAnnotations } = annotations
  const metadata = { labels: ownLabels, annotations: ownAnnotations }
  return { metadata, spec: compact(specOf(resource)) }
}
