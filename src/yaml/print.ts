import type { Resource } from '../model/resource.js'
import { printComment } from './comment.js'
import { fieldOf, type Layout, layoutOfKind, orderedKeys } from './layout.js'
import { printScalar, printString } from './scalar.js'

/**
 * The resources as one YAML text that calicoctl, kubectl and every YAML 1.1 or 1.2 reader take for the same data:
 * block style, fields in Calico's order, each value on one line, `---` between resources, no anchors.
 *
 * Total and deterministic. A field that is `undefined` is left out.
 *
 * **Source**: what a reader may misread: `gopkg.in/yaml.v2/resolve.go`, calicoctl's reader.
 *
 * @example
 * toYaml({ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'yes' }, spec: {} })
 * // => 'apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: "yes"\nspec: {}\n'
 */
export const toYaml = (...resources: ReadonlyArray<Resource>): string => {
  let text = ''
  for (const resource of resources) {
    const separator = text === '' ? '' : '---\n'
    const comment = printComment(resource, '\n').slice(1)
    const start = `${text}${separator}${comment}`
    text = `${printMap(start, resource, layoutOfKind(resource.kind), comment === '' ? '' : '\n', '\n')}\n`
  }
  return text
}

/*
 * Each function returns `text` with more at its end: the one way of growing a string that engines do fast.
 * `newline` is a line break with the indentation; `first` stands in its place before the first key or dash.
 */

const printMap = (text: string, value: object, layout: Layout, first: string, newline: string): string => {
  const values: Readonly<Record<string, unknown>> = { ...value }
  let out = text
  let separator = first
  for (const key of orderedKeys(value, layout)) {
    const item = values[key]
    if (item === undefined) continue
    const comment = printComment(item, newline)
    if (comment !== '') separator = newline
    out += comment + separator + printKey(key, newline)
    out = printUnderKey(out, item, fieldOf(layout, key).layout, newline)
    separator = newline
  }
  return out === text ? `${text} {}` : out
}

/** Readers look for the `:` of a key within 1,024 characters, unless a `?` announces the key. */
const printKey = (key: string, newline: string): string => {
  const text = printString(key)
  return text.length < 1000 ? `${text}:` : `? ${text}${newline}:`
}

const printUnderKey = (text: string, value: unknown, layout: Layout, newline: string): string => {
  if (typeof value !== 'object' || value === null) return `${text} ${printScalar(value)}`
  if (Array.isArray(value)) return printList(text, value, layout, newline, newline)
  const deeper = `${newline}  `
  return printMap(text, value, layout, deeper, deeper)
}

const printList = (
  text: string,
  values: ReadonlyArray<unknown>,
  layout: Layout,
  first: string,
  newline: string,
): string => {
  let out = text
  let separator = first
  for (const value of values) {
    const comment = printComment(value, newline)
    if (comment !== '') separator = newline
    out = printUnderDash(`${out}${comment}${separator}-`, value, layout, newline)
    separator = newline
  }
  return out === text ? `${text} []` : out
}

const printUnderDash = (text: string, value: unknown, layout: Layout, newline: string): string => {
  if (typeof value !== 'object' || value === null) return `${text} ${printScalar(value)}`
  const deeper = `${newline}  `
  return Array.isArray(value)
    ? printList(text, value, layout, ' ', deeper)
    : printMap(text, value, layout, ' ', deeper)
}
