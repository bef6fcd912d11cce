import type { NamespacedMetadata, StringMap } from '../../model/metadata.js'
import { apimachinery, client, validator } from '../engine/calico-source.js'
import { all, type Constraint, fields, none, type Refusal, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { isDnsLabel } from './dns-name.js'
import { name } from './name.js'
import { keyFault, valueFault } from './qualified-name.js'

const longest = 63

/** `metadata.namespace`: calicoctl checks only its place in a URL, the API server the rest. Empty is `default`. */
export const namespace: Constraint<string> = rule(
  {
    name: 'namespace-format',
    what: 'A namespace is no DNS label of at most 63 characters: no namespace can have that name.',
    remedy: 'use the name of a namespace: lower-case letters, digits and "-", at most 63',
    source: apimachinery('IsDNS1123Label'),
  },
  (text) =>
    unless(text === '' || (text.length <= longest && isDnsLabel(text)), () => ({
      message: `${quoted(text)} is no name of a namespace`,
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
    what: 'The key of a label is none that Kubernetes allows.',
    remedy: 'use letters, digits, "-", "_" and ".", at most 63, after an optional DNS name and "/"',
    source: validator('validateObjectMetaLabels'),
  },
  keys('label key', keyFault),
)

const labelValues: Constraint<StringMap> = rule(
  {
    name: 'label-value',
    what: 'The value of a label is none that Kubernetes allows.',
    remedy: 'use at most 63 letters, digits, "-", "_" and ".", or put it into an annotation',
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
    what: 'The key of an annotation is none that Kubernetes allows.',
    remedy: 'use letters, digits, "-", "_" and ".", at most 63, after an optional DNS name and "/"',
    source: validator('validateObjectMetaAnnotations'),
  },
  keys('annotation key', (key) => keyFault(key.toLowerCase())),
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
    what: 'The keys and values of all annotations have more than 256 KiB together.',
    remedy: 'keep what is large elsewhere, such as in a ConfigMap',
    source: validator('validateObjectMetaAnnotations'),
  },
  (annotations) => {
    // A UTF-16 unit is at most three bytes of UTF-8: only then is it worth counting them.
    if (size(annotations, (text) => text.length * 3) <= mostBytes) return none
    const total = size(annotations, bytes)
    return unless(total <= mostBytes, () => ({
      message: `the annotations have ${total} bytes: ${mostBytes} is the most`,
    }))
  },
)

/** What Calico lets a resource, or a rule of a policy, be annotated with. */
export const annotations: Constraint<StringMap> = all(annotationKeys, annotationSize)

const resourceVersion: Constraint<string> = rule(
  {
    name: 'resource-version-on-create',
    what: 'A resourceVersion is given, and `calicoctl create` refuses that; `apply` and `replace` take it.',
    remedy: 'leave resourceVersion out; it comes from a resource that was read from a cluster',
    source: client('resources.go, Create'),
  },
  (version, { command }) =>
    unless(command !== 'create' || version === '', () => ({
      message: `the resourceVersion ${quoted(version)} is given, but what is created has none yet`,
    })),
)

/** The metadata of every kind. */
export const metadata: Constraint<NamespacedMetadata> = fields<NamespacedMetadata>({
  name,
  namespace,
  labels,
  annotations,
  resourceVersion,
})
