import type { KubeObject } from '../../port.js'
import { same } from './json.js'
import type { FieldError } from './refusal.js'

/** What the API server does to objects of one kind on the way in, as Kubernetes' own strategies do. */
export interface Strategy {
  /** Fills in what the object leaves out. */
  readonly defaults?: (object: KubeObject) => KubeObject
  /** What is wrong with it; with `old`, also as a change of that. */
  readonly validate?: (object: KubeObject, old: KubeObject | undefined) => ReadonlyArray<FieldError>
  /** The pattern of names, where it is not a DNS-1123 subdomain. */
  readonly name?: RegExp
}

const immutable = (field: string): FieldError => ({
  field,
  reason: 'Forbidden',
  detail: 'field is immutable',
})

/** An error for each of the fields that changed. */
export const unchanged = (
  object: KubeObject,
  old: KubeObject | undefined,
  fields: ReadonlyArray<string>,
): ReadonlyArray<FieldError> =>
  old === undefined ? [] : fields.filter((field) => !same(object[field], old[field])).map(immutable)
