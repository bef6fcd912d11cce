import type { Issue } from '../../error.js'
import { isPlain } from '../../model/codec/json.js'
import { readDocumentQuickly } from '../../yaml/read/read-document.js'
import { splitDocuments } from '../../yaml/read/split.js'
import type { Given } from './world.js'

/** A Kubernetes object, as far as all of them look alike. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
}

export interface Manifests {
  readonly values: ReadonlyArray<unknown>
  readonly issues: ReadonlyArray<Issue>
}

const isListOf = (value: unknown): value is { readonly items: ReadonlyArray<unknown> } =>
  isPlain(value) &&
  typeof value.kind === 'string' &&
  value.kind.endsWith('List') &&
  Array.isArray(value.items)

const flat = (value: unknown): ReadonlyArray<unknown> =>
  Array.isArray(value) ? value.flatMap(flat) : isListOf(value) ? value.items.flatMap(flat) : [value]

const fromText = (text: string): Manifests => {
  const { chunks, problems } = splitDocuments(text)
  const documents = chunks.map((chunk) => readDocumentQuickly(chunk))
  const faults = [...problems, ...documents.flatMap((it) => it.problems)]
  return {
    values: documents.flatMap(({ value }) => (value == null ? [] : flat(value))),
    issues: faults.map(({ rule, message, hint }) => ({
      rule,
      path: [],
      message,
      ...(hint === undefined ? {} : { hint }),
    })),
  }
}

/** The objects of a list or a text; lists among them taken apart. */
export const manifestsOf = (given: Given = []): Manifests =>
  typeof given === 'string' ? fromText(given) : { values: given.flatMap(flat), issues: [] }

export const isManifest = (value: unknown): value is Manifest =>
  isPlain(value) &&
  typeof value.apiVersion === 'string' &&
  typeof value.kind === 'string' &&
  isPlain(value.metadata) &&
  typeof value.metadata.name === 'string'
