import { isAlias, isCollection, isMap, isScalar, type ParsedNode, type YAMLMap } from 'yaml'
import { type Anchors, openAnchors } from './anchors.js'
import { readKey, readScalar, textTag } from './construct-scalar.js'
import type { Problem, Report } from './problem.js'

export interface Construction {
  readonly text: string
  /** As forgiving as calicoctl: of equal keys the last counts, and a key is the text that Go makes of it. */
  readonly lenient: boolean
}

interface Context extends Construction {
  readonly anchors: Anchors
  readonly report: Report
}

const deepest = 100

/**
 * The data of a tree of nodes as calicoctl takes it, and what is wrong with it.
 *
 * **Source**: `gopkg.in/yaml.v2/decode.go`.
 */
export const construct = (
  root: ParsedNode | null,
  construction: Construction,
): { readonly value: unknown; readonly problems: ReadonlyArray<Problem> } => {
  const problems: Array<Problem> = []
  const report: Report = (node, rule, message, hint) => {
    problems.push({ rule, message, hint, offset: node.range[0] })
    return undefined
  }
  const value = readNode(root, 0, { ...construction, report, anchors: openAnchors() })
  return { value, problems }
}

const readNode = (node: ParsedNode | null, depth: number, context: Context): unknown => {
  const { anchors, report } = context
  if (node === null) return null
  if (depth > deepest) return report(node, 'too-deep', `this is more than ${deepest} deep`, 'make it flatter')
  if (isAlias(node)) {
    const known = anchors.read(node.source)
    return 'fault' in known ? report(node, 'alias', known.fault, 'write the value out') : known.value
  }
  if (node.tag !== undefined && !(isScalar(node) && node.tag === textTag))
    return report(node, 'tag', 'a "!" begins a tag, which calicoctl drops', 'put the whole value in quotes')
  return anchors.define(node.anchor, () => readContent(node, depth, context))
}

const readContent = (node: ParsedNode, depth: number, context: Context): unknown => {
  if (isMap(node)) return readMap(node, depth, context)
  if (isCollection(node)) return node.items.map((item) => readNode(item, depth + 1, context))
  return isScalar(node) ? readScalar(node, context.text, context.lenient, context.report) : undefined
}

interface Entry {
  readonly value: unknown
  readonly merged: boolean
}

const readMap = (map: YAMLMap.Parsed, depth: number, context: Context): unknown => {
  const entries = new Map<string, Entry>()
  for (const { key, value } of map.items) {
    const read = readNode(value, depth + 1, context)
    if (isMergeKey(key)) merge(entries, key, read, context)
    else addEntry(entries, key, read, context)
  }
  return Object.fromEntries([...entries].map(([key, entry]) => [key, entry.value]))
}

const addEntry = (entries: Map<string, Entry>, key: ParsedNode, value: unknown, context: Context): void => {
  const { report, lenient } = context
  const name = isScalar(key)
    ? readKey(key, context.text, lenient, report)
    : report(key, 'key-not-text', 'calicoctl refuses a key that is no text', 'use a word')
  if (name === undefined) return
  if (entries.get(name)?.merged === false && !lenient)
    report(key, 'duplicate-key', `the key ${JSON.stringify(name)} is there twice`, 'remove one of them')
  entries.set(name, { value, merged: false })
}

const isMergeKey = (key: ParsedNode): boolean =>
  isScalar(key) && key.type === 'PLAIN' && key.source === '<<' && key.tag === undefined

const isMapValue = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of several maps the first counts. YAML lets a key of the map's own win, calicoctl the one that comes last. */
const merge = (entries: Map<string, Entry>, key: ParsedNode, given: unknown, context: Context): void => {
  const maps: ReadonlyArray<unknown> = Array.isArray(given) ? [...given].reverse() : [given]
  for (const map of maps) {
    if (!isMapValue(map)) {
      if (map !== undefined) context.report(key, 'merge', '"<<" takes a map or a list of maps', 'give it one')
      continue
    }
    for (const [name, value] of Object.entries(map)) {
      if (entries.get(name)?.merged === false)
        context.report(key, 'merge', `"<<" gives the key ${JSON.stringify(name)} again`, 'put "<<" first')
      entries.set(name, { value, merged: true })
    }
  }
}
