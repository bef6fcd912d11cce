import { isPlain } from '../../model/codec/json.js'
import { printId } from '../../model/resource-id.js'
import { readDocument } from '../../yaml/read/read-document.js'
import { linesOf, locate } from '../../yaml/read/source-location.js'
import { splitDocuments } from '../../yaml/read/split.js'
import type { RulePlace } from '../query/unused.js'

type Path = ReadonlyArray<string | number>

/** A rule in a text: where its policy has it. */
export interface RuleLine {
  readonly file: string
  readonly line: number
}

/** The lines of the rules of some files, by policy and direction. */
export type RuleLines = (place: RulePlace) => RuleLine | undefined

const groups: Readonly<Record<string, string>> = {
  'projectcalico.org': '',
  'networking.k8s.io': 'Kubernetes',
}

/** What a policy is called where it has a say. */
const nameOf = (value: Readonly<Record<string, unknown>>): string | undefined => {
  const { apiVersion, kind, metadata } = value
  const prefix = groups[String(apiVersion).split('/')[0] ?? '']
  if (prefix === undefined || !isPlain(metadata) || typeof metadata.name !== 'string') return undefined
  const isGlobal = /Global/.test(String(kind))
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : 'default'
  return printId({
    kind: `${prefix}${kind}`,
    namespace: isGlobal ? undefined : namespace,
    name: metadata.name,
  })
}

/** The objects of a document, each with the way to it: lists are taken apart. */
function* objects(
  value: unknown,
  path: Path = [],
): Generator<{ value: Readonly<Record<string, unknown>>; path: Path }> {
  if (!isPlain(value)) return
  if (Array.isArray(value.items))
    for (const [index, item] of value.items.entries()) yield* objects(item, [...path, 'items', index])
  else yield { value, path }
}

/** Finds rules in the texts of files. A policy of Kubernetes has more rules for Calico than it writes: all are at its list. */
export const ruleLines = (files: Readonly<Record<string, string>>): RuleLines => {
  const found = new Map<string, (path: Path) => RuleLine>()
  for (const [file, text] of Object.entries(files)) {
    const lines = linesOf(text)
    for (const chunk of splitDocuments(text).chunks) {
      const { value: whole, root } = readDocument(chunk)
      for (const { value, path } of objects(whole)) {
        const name = nameOf(value)
        if (name === undefined) continue
        found.set(name, (rest) => {
          const offset = chunk.start + locate(root ?? null, [...path, ...rest], 'value')
          return { file, line: lines.position(offset).line }
        })
      }
    }
  }
  return ({ policy, direction, rule }) => {
    const list = ['spec', direction.toLowerCase()]
    return found.get(policy)?.(policy.startsWith('Kubernetes') ? list : [...list, rule])
  }
}
