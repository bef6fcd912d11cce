import type { Resource } from '../../model/resource.js'
import { printComment } from './comment.js'
import { byName, type Layout, layoutOfKind, layoutUnder, sortKeys } from './layout.js'
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
export const toYaml = (...resources: ReadonlyArray<Resource>): string => printYaml(resources)

/** A resource, or an object of another form with the fields of one. */
export interface Printable {
  readonly kind: string
}

/** The objects as `toYaml` prints resources. */
export const printYaml = (objects: ReadonlyArray<Printable>): string =>
  objects.map(printDocument).join('---\n')

/** The slice lays the string out in memory while it is young: half the work of the garbage collector. */
const printDocument = (resource: Printable): string =>
  `${printMap(printComment(resource, '\n'), resource, layoutOfKind(resource.kind))}\n`.slice(1)

/*
 * Each function returns `text` with more at its end: the one way of growing a string that engines do fast. Loops go by
 * index: a process that prints once is through before all is compiled, and iterators are most of what there is to compile.
 */

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const keysOf = <A extends object>(value: A): ReadonlyArray<Extract<keyof A, string>> =>
  Object.keys(value) as Array<Extract<keyof A, string>>

/** The keys of a map, each on a line of its own. `inline`: the first key stands in the line of a dash. */
export const printMap = <A extends object>(
  text: string,
  value: A,
  layout: Layout,
  inline = false,
): string => {
  const { fields, byKey, newline } = layout
  let out = text
  let isFirst = inline
  let previous = ''
  // Most maps have their keys in order: then the next field is not far.
  let at = 0
  let keys = keysOf(value)
  let areSorted = false
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as Extract<keyof A, string>
    while (at < fields.length && fields[at]?.key !== key) at++
    const field = fields[at]
    if (field === undefined) {
      if (!areSorted && (key < previous || byKey.has(key))) {
        keys = sortKeys(keys, layout)
        areSorted = true
        out = text
        isFirst = inline
        at = 0
        i = -1
        continue
      }
      previous = key
    }
    const item: unknown = value[key]
    if (item === undefined) continue
    const comment = printComment(item, newline)
    if (comment !== '') isFirst = false
    const isNode = isObject(item)
    const head = field === undefined ? printKey(key, newline, isNode) : isNode ? field.block : field.line
    out += comment
    out += isFirst ? head.slice(newline.length - 1) : head
    out = isNode
      ? printUnderKey(out, item, field?.under ?? layoutUnder(layout, key))
      : out + printScalar(item)
    isFirst = false
  }
  return out === text ? `${text} {}` : out
}

/** Readers look for the `:` of a key within 1,024 characters, unless a `?` announces the key. */
const printKey = (key: string, newline: string, isNode: boolean): string => {
  const text = printString(key)
  const block = text.length < 1000 ? `${newline}${text}:` : `${newline}? ${text}${newline}:`
  return isNode ? block : `${block} `
}

const printUnderKey = (text: string, value: object, layout: Layout): string =>
  Array.isArray(value) ? printList(text, value, layout) : printMap(text, value, layout)

/** The items of a list. The layout is that of maps in the list: their keys stand two columns behind the dashes. */
export const printList = (
  text: string,
  values: ReadonlyArray<unknown>,
  layout: Layout,
  inline = false,
): string => {
  const newline = layout.dashes
  const dash = `${newline}-`
  const line = `${dash} `
  let out = text
  let isFirst = inline
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    const comment = printComment(value, newline)
    if (comment !== '') isFirst = false
    const isNode = isObject(value)
    const head = isNode ? dash : line
    out += comment
    out += isFirst ? head.slice(newline.length - 1) : head
    out = isNode ? printUnderDash(out, value, layout) : out + printScalar(value)
    isFirst = false
  }
  return out === text ? `${text} []` : out
}

const printUnderDash = (text: string, value: object, layout: Layout): string =>
  Array.isArray(value)
    ? printList(text, value, byName(`${layout.newline}  `), true)
    : printMap(text, value, layout, true)
