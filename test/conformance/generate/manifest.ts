import fc from 'fast-check'
import type { Kind } from '../oracle.js'
import { anyKind } from './kind.js'
import { mutate } from './mutate.js'
import { type Dice, dice } from './pool.js'
import { print } from './text.js'

export interface Size {
  readonly count: number
  readonly seed: number
}

/** Texts of manifest files, the same for the same seed: half as they were built, half with a fault. */
export const manifests = (
  kinds: Readonly<Record<string, Kind>>,
  { count, seed }: Size,
): ReadonlyArray<string> => {
  const kind = anyKind(kinds)
  const more = fc.array(kind, { minLength: 1, maxLength: 2 })
  const others = fc.oneof({ weight: 14, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: more })
  const file = fc
    .tuple(kind, fc.integer(), others)
    .map(([first, style, others]) => asFile([first, ...others], dice(style)))
  return fc.sample(file, { numRuns: count, seed })
}

const asFile = (resources: ReadonlyArray<object>, dice: Dice): string => {
  const documents = resources.map((resource) => (dice.oneIn(2) ? mutate(resource, dice) : resource))
  const [first] = documents
  if (documents.length === 1 && dice.below(40) > 0) return print(first, dice)
  return dice.pick<() => string>([
    () => separated(documents, dice),
    () => separated(documents, dice),
    () => print(documents, dice),
    () => print(typedList(documents), dice),
    () => print({ apiVersion: 'v1', kind: 'List', items: documents }, dice),
    () => separated([documents, first], dice),
    () => separated([first, first], dice),
  ])()
}

const separated = (documents: ReadonlyArray<unknown>, dice: Dice): string =>
  documents
    .map((document) => print(document, dice))
    .join(dice.pick(['\n---\n', '---\n', '\n---\n', '\n--- # next\n', '\n\n---\n---\n']))

const typedList = (items: ReadonlyArray<unknown>): object => {
  const [first] = items
  const kind = typeof first === 'object' && first !== null && 'kind' in first ? `${first.kind}List` : 'List'
  return { apiVersion: 'projectcalico.org/v3', kind, items }
}
