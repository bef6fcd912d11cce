import type { Resource } from '../../model/resource.js'
import { type Layout, layoutOfKind, layoutUnder, sortKeys } from './layout.js'
import type { Printable } from './print.js'
import { escapeUnprintable, wellFormed } from './scalar.js'

/**
 * The resources as the JSON that calicoctl reads: an object for one, a list for several, fields in Calico's order.
 * calicoctl reads JSON with its YAML reader, so what that reader would refuse or fold is escaped.
 *
 * @example
 * toJson(networkPolicy('a', 'shop')).split('\n')[1] // => '  "apiVersion": "projectcalico.org/v3",'
 */
export const toJson = (...resources: ReadonlyArray<Resource>): string => printJson(resources)

/** The objects as `toJson` prints resources. */
export const printJson = (objects: ReadonlyArray<Printable>): string => {
  const ordered = objects.map((resource) => inOrder(resource, layoutOfKind(resource.kind)))
  return `${escapeUnprintable(JSON.stringify(ordered.length === 1 ? ordered[0] : ordered, null, 2))}\n`
}

const inOrder = (value: unknown, layout: Layout): unknown => {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => inOrder(item, layout))
  const fields = new Map<string, unknown>(Object.entries(value))
  return Object.fromEntries(
    sortKeys(Object.keys(value), layout).map((key) => [
      wellFormed(key),
      inOrder(fields.get(key), layoutUnder(layout, key)),
    ]),
  )
}
