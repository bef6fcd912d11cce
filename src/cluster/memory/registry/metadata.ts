import type { ObjectMeta } from '../../port.js'
import type { FieldError } from '../kinds/refusal.js'

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = new RegExp(`^${label}(\\.${label})*$`)
export const dnsLabel = new RegExp(`^${label}$`)
/** Names of roles and bindings: whatever fits into a path. */
export const pathSegment = /^(?!\.{1,2}$)[^/%]+$/

const qualifiedName = /^(?:[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const labelValue = /^(?:[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
const annotationsLimit = 256 * 1024

const badName = (name: string, pattern: RegExp): ReadonlyArray<FieldError> => {
  const field = 'metadata.name'
  if (name === '') return [{ field, reason: 'Required value', detail: 'name or generateName is required' }]
  if (name.length > 253) {
    return [
      {
        field,
        reason: 'Invalid value',
        detail: `${JSON.stringify(name)}: must be no more than 253 characters`,
      },
    ]
  }
  if (pattern.test(name)) return []
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
  return [{ field, reason: 'Invalid value', detail: `${JSON.stringify(name)}: ${rule}` }]
}

const badKeys = (field: string, keys: Readonly<Record<string, string>>): ReadonlyArray<FieldError> =>
  Object.keys(keys)
    .filter((key) => !qualifiedName.test(key))
    .map((key) => ({
      field,
      reason: 'Invalid value',
      detail: `${JSON.stringify(key)}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
    }))

const badValues = (labels: Readonly<Record<string, string>>): ReadonlyArray<FieldError> =>
  Object.values(labels)
    .filter((value) => !labelValue.test(value))
    .map((value) => ({
      field: 'metadata.labels',
      reason: 'Invalid value',
      detail: `${JSON.stringify(value)}: ${value.length > 63 ? 'must be no more than 63 characters' : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"}`,
    }))

/** What is wrong with the metadata of an object of any kind. */
export const checkMetadata = (metadata: ObjectMeta, name: RegExp = subdomain): ReadonlyArray<FieldError> => {
  const { labels = {}, annotations = {}, ownerReferences = [] } = metadata
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + key.length + Buffer.byteLength(value),
    0,
  )
  return [
    ...badName(metadata.name, name),
    ...badKeys('metadata.labels', labels),
    ...badValues(labels),
    ...badKeys('metadata.annotations', annotations),
    ...(size > annotationsLimit
      ? [
          {
            field: 'metadata.annotations',
            reason: 'Too long' as const,
            detail: 'may not be more than 262144 bytes',
          },
        ]
      : []),
    ...(ownerReferences.filter(({ controller }) => controller).length > 1
      ? [
          {
            field: 'metadata.ownerReferences',
            reason: 'Invalid value' as const,
            detail: 'only one reference can have Controller set to true',
          },
        ]
      : []),
    ...ownerReferences
      .filter(({ uid }) => uid === '')
      .map(() => ({
        field: 'metadata.ownerReferences.uid',
        reason: 'Invalid value' as const,
        detail: '"": uid must not be empty',
      })),
  ]
}
