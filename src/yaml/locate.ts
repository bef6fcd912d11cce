import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import type { Path } from '../error.js'

interface Place {
  readonly key: ParsedNode | undefined
  readonly value: ParsedNode | null
}

const step = (node: ParsedNode | null, name: string | number): Place | undefined => {
  if (isMap(node)) {
    // Where a key is there twice, the last one counts.
    const pair = node.items.findLast(({ key }) => isScalar(key) && key.source === String(name))
    return pair && { key: pair.key, value: pair.value }
  }
  const item = isSeq(node) ? node.items[Number(name)] : undefined
  return item && { key: undefined, value: item }
}

const isEmpty = ({ range: [start, end] }: ParsedNode): boolean => start === end

const walk = (root: ParsedNode | null, path: Path): { readonly place: Place; readonly isThere: boolean } => {
  let place: Place = { key: undefined, value: root }
  for (const name of path) {
    const next = step(place.value, name)
    if (next === undefined) return { place, isThere: false }
    place = next
  }
  return { place, isThere: true }
}

/** The node that the path leads to. */
export const nodeAt = (root: ParsedNode | null, path: Path): ParsedNode | null => {
  const { place, isThere } = walk(root, path)
  return isThere ? place.value : null
}

/** The offset of what the path leads to: of its key, or of its value. Where the path ends early, as far as it leads. */
export const locate = (root: ParsedNode | null, path: Path, part: 'key' | 'value'): number => {
  const { key, value } = walk(root, path).place
  const node = key !== undefined && (part === 'key' || value === null || isEmpty(value)) ? key : value
  return node?.range[0] ?? 0
}
