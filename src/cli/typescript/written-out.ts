import { isTiered, kindFacts, type TieredKind } from '../../model/kind.js'
import type { StringMap } from '../../model/meta/metadata.js'
import { defaultTypes } from '../../model/policy/policy.js'
import type { Kinds, Resource } from '../../model/resource.js'
import { withoutServerMetadata } from '../../model/server-metadata.js'
import { appliedAnnotation, ownerLabel, selfAnnotation } from '../../runner/state/owner-labels.js'
import { isRecord } from '../../runner/state/patch-record.js'

/** Set by a Runner or by Calico, and not by the author. */
const marks: ReadonlyArray<string> = [ownerLabel, selfAnnotation, appliedAnnotation, 'projectcalico.org/tier']

const authors = (map: StringMap): StringMap =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !marks.includes(key) && !isRecord(key)))

const ownMap = <K extends string>(key: K, map: StringMap | undefined): Partial<Record<K, StringMap>> => {
  if (map === undefined) return {}
  const kept = authors(map)
  const emptied = Object.keys(kept).length === 0 && Object.keys(map).length > 0
  return emptied ? {} : ({ [key]: kept } as Record<K, StringMap>)
}

const ownMetadata = ({ kind, metadata }: Resource): object => {
  const { name, namespace = 'default', labels, annotations, ...others } = metadata
  return {
    name,
    ...(kindFacts[kind].namespaced ? { namespace } : {}),
    ...ownMap('labels', labels),
    ...ownMap('annotations', annotations),
    ...others,
  }
}

const isPolicy = (resource: Resource): resource is Kinds[TieredKind] => isTiered(resource.kind)

const ownSpec = (resource: Resource): object => {
  const staged = kindFacts[resource.kind].staged ? { stagedAction: 'Set' } : {}
  if (!isPolicy(resource)) return { ...staged, ...resource.spec }
  const { types = [], ingress = [], egress = [], ...spec } = resource.spec
  return {
    ...staged,
    ...spec,
    types: types.length === 0 ? defaultTypes(resource.spec) : types,
    ...(ingress.length === 0 ? {} : { ingress }),
    ...(egress.length === 0 ? {} : { egress }),
  }
}

/**
 * The resource as its author would write it out in full: with the namespace, the types and the staged action that
 * Calico takes where they are left out, without empty lists of rules, and without what is the server's.
 */
export const writtenOut = (resource: Resource): Resource =>
  ({
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    metadata: ownMetadata(withoutServerMetadata(resource)),
    spec: ownSpec(resource),
  }) as Resource
