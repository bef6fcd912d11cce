import { isAlias, isCollection, isMap, isScalar, type ParsedNode, type YAMLMap } from 'yaml'
import { readScalar, tagFault } from './construct-scalar.js'
import { inside, keyFault, nodeFault, type Surroundings } from './dialect.js'
import { type Anchors, isMergeKey, openAnchors, openEntries } from './entries.js'
import type { Context, Leniency, Problem, Report } from './problem.js'

/**
 * The data of a tree of nodes as calicoctl takes it, and what is wrong with it.
 *
 * **Source**: `gopkg.in/yaml.v2/decode.go`.
 */
export const construct = (
  root: ParsedNode | null,
  text: string,
  leniency: Leniency,
): { readonly value: unknown; readonly problems: ReadonlyArray<Problem> } => {
  const problems: Array<Problem> = []
  const report: Report = (node, rule, message, hint) => {
    problems.push({ rule, message, hint, offset: startOf(node, text), echo: node.range[0] })
    return undefined
  }
  const outermost = { ...leniency, text, report, anchors: openAnchors(), depth: 0, inFlow: false, column: -1 }
  return { value: readNode(root, outermost), problems }
}

const longestTag = 300

/** Where the node begins, with its tag. */
const startOf = ({ tag, range: [start] }: ParsedNode, text: string): number => {
  const from = Math.max(0, start - longestTag)
  const back = tag === undefined ? -1 : text.slice(from, start).search(/!\S*\s*$/)
  return back === -1 ? start : from + back
}

interface Place extends Context, Surroundings {
  readonly anchors: Anchors
  readonly depth: number
}

const deepest = 100

const readNode = (node: ParsedNode | null, place: Place): unknown => {
  const { anchors, depth, report } = place
  if (node === null) return null
  if (depth > deepest)
    return report(node, 'too-deep', `this is nested more than ${deepest} levels deep`, 'nest it less deeply')
  if (isAlias(node)) {
    const known = anchors.read(node.source)
    return 'fault' in known ? report(node, 'alias', known.fault, 'write the value out') : known.value
  }
  const fault = nodeFault(node, place.text, place)
  if (fault !== undefined) return report(node, 'yaml-1.1', ...fault)
  return anchors.define(node.anchor, () => readContent(node, place))
}

const readContent = (node: ParsedNode, place: Place): unknown => {
  if (isScalar(node)) return readScalar(node, place)
  if (!isCollection(node)) return undefined
  if (node.tag !== undefined) return place.report(node, 'tag', ...tagFault)
  const deeper: Place = { ...place, ...inside(node, place.text, place), depth: place.depth + 1 }
  return isMap(node) ? readMap(node, deeper) : node.items.map((item) => readNode(item, deeper))
}

const readMap = (map: YAMLMap.Parsed, place: Place): unknown => {
  const entries = openEntries(place)
  for (const pair of map.items) {
    const { key, value } = pair
    const fault = keyFault(pair, place.text, place)
    const read = readNode(value, place)
    if (fault !== undefined) place.report(key, 'yaml-1.1', ...fault)
    else if (isMergeKey(key)) entries.merge(key, value, read)
    else entries.add(key, read)
  }
  return entries.read()
}
