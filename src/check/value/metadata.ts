import type { NamespacedMetadata, StringMap } from '../../model/meta/metadata.js'
import { metadataAnnotation } from '../../model/storage/storage.js'
import { apimachinery, client, validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, none, type Refusal, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { isDnsLabel } from './dns-name.js'
import { name } from './name.js'
import { keyFault, valueFault } from './qualified-name.js'

const longest = 63

/** `metadata.namespace`: calicoctl checks only its place in a URL, the API server the rest. Empty is `default`. */
const namespace: Constraint<string> = rule(
  {
    name: 'namespace-format',
    what: 'The name of a namespace is not a DNS label of at most 63 characters.',
    remedy: 'use at most 63 lower-case letters, digits and "-", as the namespace itself does',
    source: apimachinery('IsDNS1123Label'),
    by: 'API server',
  },
  (text) =>
    unless(text === '' || (text.length <= longest && isDnsLabel(text)), () => ({
      message: `${quoted(text)} is not a valid namespace name`,
    })),
)

const refuseEntries = (
  map: StringMap,
  refuse: (key: string, value: string) => Refusal | undefined,
): ReadonlyArray<Refusal> => {
  let found: Array<Refusal> | undefined
  for (const key in map) {
    const refusal = refuse(key, map[key] ?? '')
    if (refusal === undefined) continue
    found ??= []
    found.push(refusal)
  }
  return found ?? none
}

/** Rules on keys of a map, by what is wrong with them. */
const keys =
  (what: string, fault: (key: string) => string | undefined) =>
  (map: StringMap): ReadonlyArray<Refusal> =>
    refuseEntries(map, (key) => {
      const why = fault(key)
      return why === undefined ? undefined : { at: [key], message: `the ${what} ${quoted(key)} ${why}` }
    })

const labelKeys: Constraint<StringMap> = rule(
  {
    name: 'label-key',
    what: 'A label key is not valid in Kubernetes.',
    remedy: 'use at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
    source: validator('validateObjectMetaLabels'),
  },
  keys('label key', keyFault),
)

const labelValues: Constraint<StringMap> = rule(
  {
    name: 'label-value',
    what: 'A label value is not valid in Kubernetes.',
    remedy: 'use at most 63 letters, digits, "-", "_" and ".", or move the text to an annotation',
    source: validator('validateObjectMetaLabels'),
  },
  (labels) =>
    refuseEntries(labels, (key, value) => {
      const why = valueFault(value)
      return why === undefined ? undefined : { at: [key], message: `the label value ${quoted(value)} ${why}` }
    }),
)

/** What Calico lets a resource be labelled with. */
export const labels: Constraint<StringMap> = all(labelKeys, labelValues)

const annotationKeys: Constraint<StringMap> = rule(
  {
    name: 'annotation-key',
    what: 'An annotation key is not valid in Kubernetes.',
    remedy: 'use at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
    source: validator('validateObjectMetaAnnotations'),
  },
  keys('annotation key', (key) => keyFault(key.toLowerCase())),
)

/** Calico keeps a resource's metadata there itself. It ends up in a file where a stored object was copied. */
const reservedAnnotation: Constraint<StringMap> = rule(
  {
    name: 'reserved-annotation',
    what: `The annotation ${metadataAnnotation}, which Calico writes itself, is set.`,
    remedy:
      'remove it: it is left over from a stored object, which fromStorage reads as the resource that it stands for',
    source: 'libcalico-go/lib/backend/k8s/resources/resources.go',
  },
  (annotations) =>
    unless(!Object.hasOwn(annotations, metadataAnnotation), () => ({
      at: [metadataAnnotation],
      message: `the annotation ${metadataAnnotation} is Calico's own`,
    })),
)

const mostBytes = 256 * 1024
const bytes = (text: string): number => new TextEncoder().encode(text).length

const size = (map: StringMap, count: (text: string) => number): number => {
  let total = 0
  for (const key in map) total += count(key) + count(map[key] ?? '')
  return total
}

const annotationSize: Constraint<StringMap> = rule(
  {
    name: 'annotations-too-large',
    what: 'All annotation keys and values together exceed 256 KiB.',
    remedy: 'keep large texts elsewhere, for example in a ConfigMap',
    source: validator('validateObjectMetaAnnotations'),
  },
  (annotations) => {
    // A UTF-16 unit is at most three bytes of UTF-8: only then is it worth counting them.
    if (size(annotations, (text) => text.length * 3) <= mostBytes) return none
    const total = size(annotations, bytes)
    return unless(total <= mostBytes, () => ({
      message: `the annotations have ${total} bytes: at most ${mostBytes} are allowed`,
    }))
  },
)

/** What Calico lets a rule of a policy be annotated with. */
export const annotations: Constraint<StringMap> = all(annotationKeys, annotationSize)

const resourceVersion: Constraint<string> = rule(
  {
    name: 'resource-version-on-create',
    what: 'A resourceVersion is set. `calicoctl create` refuses that; `apply` and `replace` accept it.',
    remedy: 'remove resourceVersion: it is left over from reading the resource from a cluster',
    source: client('resources.go, Create'),
  },
  (version, { command }) =>
    unless(command !== 'create' || version === '', () => ({
      message: `a resource that is to be created cannot have the resourceVersion ${quoted(version)}`,
    })),
)

/** The metadata of every kind. */
export const metadata: Constraint<NamespacedMetadata> = fields<NamespacedMetadata>({
  name,
  namespace,
  labels,
  annotations: all(annotations, reservedAnnotation),
  resourceVersion,
})
