import type { Selector } from '../selector/ast.js'
import { printSelector } from '../selector/print.js'

/** A selector as a tree, `eq('role', 'web')`, or as Calico's text, `"role == 'web'"`. */
export type SelectorInput = Selector | string

/** A selector as Calico's text. */
export const selectorText = (selector: SelectorInput): string =>
  typeof selector === 'string' ? selector : printSelector(selector)

const isSelector = (value: object): value is Selector => '_tag' in value

/**
 * A copy as Calico stores it: selectors as text, nothing undefined, and no list or map shared with the caller, who
 * may go on to change theirs.
 */
const stored = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(stored)
  return isSelector(value) ? printSelector(value) : storedFields(value)
}

export const storedFields = (fields: object): Readonly<Record<string, unknown>> => {
  const copy: Record<string, unknown> = { ...fields }
  for (const key of Object.keys(copy)) {
    const value = copy[key]
    if (value === undefined) delete copy[key]
    else if (typeof value === 'object') copy[key] = stored(value)
  }
  return copy
}
