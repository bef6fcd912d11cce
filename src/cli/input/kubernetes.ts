import * as E from 'fp-ts/lib/Either.js'
import { derivedPolicyTypes } from '../../build/types.js'
import { type ConvertOptions, fromKubernetes } from '../../convert/from-kubernetes.js'
import type { Path } from '../../error.js'
import { isPlain, type Plain } from '../../model/codec/json.js'
import { printUnread } from '../../model/resource-id.js'
import { readDocuments, type TextDocument } from './document.js'
import type { Loaded } from './loaded.js'

/** A file's policies in Calico's terms, and what else is in it. */
export interface Converted extends Loaded {
  readonly others: ReadonlyArray<string>
}

interface Item {
  readonly path: Path
  readonly value: unknown
}

const itemsOf = (value: unknown): ReadonlyArray<Item> => {
  if (isPlain(value) && /List$/.test(String(value.kind)) && Array.isArray(value.items)) {
    return value.items.map((item, index) => ({ path: ['items', index], value: item }))
  }
  return value === undefined || value === null ? [] : [{ path: [], value }]
}

const nameOf = (value: Plain): string => printUnread(value) ?? String(value.kind)

const isPolicy = (value: unknown): value is Plain =>
  isPlain(value) && value.kind === 'NetworkPolicy' && /^networking\.k8s\.io\//.test(String(value.apiVersion))

/** As the API server would fill it in: Calico takes a policy that names no types for ingress alone. */
const withTypes = (policy: Plain): Plain => {
  const { spec } = policy
  if (!isPlain(spec) || (Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0)) return policy
  const egress = Array.isArray(spec.egress) ? spec.egress : []
  return { ...policy, spec: { ...spec, policyTypes: derivedPolicyTypes({ egress }) } }
}

const convertItem = (
  document: TextDocument,
  { path, value }: Item,
  file: string,
  options: ConvertOptions,
): Converted => {
  const nothing = { file, resources: [], issues: [], others: [] }
  if (!isPolicy(value)) {
    return isPlain(value) && 'kind' in value ? { ...nothing, others: [nameOf(value)] } : nothing
  }
  const converted = fromKubernetes(withTypes(value), options)
  if (E.isRight(converted)) return { ...nothing, resources: [converted.right] }
  const issues = converted.left.issues.map((issue) =>
    document.placed({ ...issue, path: [...path, ...issue.path], resource: nameOf(value) }),
  )
  return { ...nothing, issues }
}

const isForeign = (items: ReadonlyArray<Item>): boolean =>
  items.length > 0 && items.every(({ value }) => isPlain(value) && 'kind' in value && !isPolicy(value))

const convertDocument = (
  document: TextDocument,
  file: string,
  options: ConvertOptions,
): ReadonlyArray<Converted> => {
  const items = itemsOf(document.value)
  // What is not ours to read need not be as tidy as we want our own.
  const issues = isForeign(items) ? [] : document.problems
  return [
    { file, resources: [], issues, others: [] },
    ...items.map((item) => convertItem(document, item, file, options)),
  ]
}

/** The Kubernetes NetworkPolicies of a text as Calico's, by themselves or in a list, among whatever else. */
export const convertText = (file: string, text: string, options: ConvertOptions): Converted => {
  const parts = readDocuments(text).flatMap((document) => convertDocument(document, file, options))
  return {
    file,
    resources: parts.flatMap(({ resources }) => resources),
    issues: parts.flatMap(({ issues }) => issues),
    others: parts.flatMap(({ others }) => others),
  }
}
