import type * as E from 'fp-ts/lib/Either.js'
import { type Invalid, unlessIssues } from '../error.js'
import type { DecodeOptions } from '../model/codec/codec.js'
import { unlessHole } from '../model/codec/hole.js'
import { decodeResourceParts, type Resource } from '../model/resource.js'
import { type CheckOptions, check, checkParts } from './check.js'

/** How a value is read, and what it is then checked for. */
export interface DecodeAndCheckOptions extends CheckOptions, DecodeOptions {}

/**
 * The value as a resource that Calico will take; or all that is wrong with it at once: what `decode` says of its
 * shape, and what `check` says of those parts that did decode.
 *
 * **Errors**: `Invalid`, as of `decode` and `check`.
 *
 * @example
 * const rule = { action: 'allow', destination: { ports: [80] } }
 * decodeAndCheck({
 *   apiVersion: 'projectcalico.org/v3',
 *   kind: 'NetworkPolicy',
 *   metadata: { name: 'a' },
 *   spec: { ingress: [rule] },
 * }) // => Left: unknown-value, ports-need-protocol
 */
export const decodeAndCheck = (
  value: unknown,
  options: DecodeAndCheckOptions = {},
): E.Either<Invalid, Resource> => decodeAndCheckAs(value, options, (resource) => resource)

/** As `decodeAndCheck`, with a change in between, such as to leave out what a server has set. */
export const decodeAndCheckAs = (
  value: unknown,
  { lenient = false, ...options }: DecodeAndCheckOptions,
  change: (resource: Resource) => Resource,
): E.Either<Invalid, Resource> => {
  const { issues, parts } = decodeResourceParts(value, { lenient })
  if (parts === undefined) return unlessIssues(issues, value as Resource)
  if (issues.length === 0) return check(change(parts), options)
  const changed = unlessHole(parts, change, parts)
  return unlessIssues([...issues, ...checkParts(changed, options)], parts)
}
