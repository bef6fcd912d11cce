import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid, orThrow, type Path } from '../../error.js'
import { describeGiven } from '../../model/codec/issue.js'
import { isObject } from '../../model/codec/json.js'
import { isKind } from '../../model/kind.js'
import { decode, type Resource } from '../../model/resource.js'
import { type Endpoint, type Flow, isEndpoint, type Network } from './flow.js'
import { decodeWorld } from './given-world.js'
import type { World } from './world.js'

/**
 * What types cannot see of what functions are given whose answer is no Either: they throw an `Invalid`. Looked at as little as
 * will do, for some of these functions are asked a million times.
 */
export const refuse = (path: Path, expected: string, value: unknown, hint: string): never => {
  const rule = value === undefined ? 'missing-key' : 'wrong-type'
  const message = `expected ${expected}, got ${describeGiven(value)}`
  return orThrow(E.left(invalid([{ rule, path, message, hint }])))
}

/** The issues at their place, and with what to do about it as a whole. */
const below = (path: Path, { issues: [first, ...others] }: Invalid, hint: string): Invalid => {
  const move = (issue: Issue): Issue => ({ hint, ...issue, path: [...path, ...issue.path] })
  return invalid([move(first), ...others.map(move)])
}

/** Any object: what of it is asked is looked at elsewhere. */
export const requireObject = (value: unknown, expected: string, hint: string, path: Path = []): void => {
  if (!isObject(value)) refuse(path, expected, value, hint)
}

export const requireList = (value: unknown, expected: string, path: Path = []): void => {
  if (!Array.isArray(value))
    refuse(path, expected, value, isObject(value) ? 'write it as a list of one' : 'write it as a list')
}

export const requireIterable = (value: unknown, expected: string): void => {
  if (typeof Object(value)[Symbol.iterator] !== 'function')
    refuse([], expected, value, isObject(value) ? 'write it as a list of one' : 'write it as a list')
}

const hasParts = (value: unknown): boolean => {
  const { kind, metadata, spec } = Object(value)
  return typeof kind === 'string' && isObject(metadata) && isObject(spec)
}

/** All that is wrong with what lacks a part of a resource. Manifests of others, some of which have none, are passed over. */
const refuseResource = (value: unknown, path: Path): void => {
  const { apiVersion, kind } = Object(value)
  const isOthers = typeof apiVersion === 'string' && typeof kind === 'string' && !isKind(kind)
  if (isOthers) return
  const decoded = decode(value)
  if (E.isLeft(decoded)) orThrow(E.left(below(path, decoded.left, 'give what a builder or `decode` makes')))
  refuse(
    [...path, 'spec'],
    'a spec',
    undefined,
    'write spec: {}, or give what `decode` makes of the resource',
  )
}

/** Resources, by their outermost parts: to decode each would cost more than the answer does. */
export const requireResources = (values: ReadonlyArray<Resource>): void => {
  requireList(values, 'a list of resources')
  for (let i = 0; i < values.length; i++) if (!hasParts(values[i])) refuseResource(values[i], [i])
}

const flowHint = "write it as { from, to, protocol: 'TCP', port: 443 }"

export const requireFlow = (flow: unknown, path: Path = []): void => {
  if (!isObject(flow)) refuse(path, 'a flow', flow, flowHint)
}

const endHint = (end: unknown): string =>
  typeof end === 'string'
    ? "describe it as { _tag: 'Workload', namespace: 'shop' }: only flows of a compiled world have ends by name"
    : Object(end)._tag === 'Network'
      ? "write its CIDRs, as { _tag: 'Network', nets: ['0.0.0.0/0'] }; an end of one flow is an Address"
      : "describe it as { _tag: 'Workload', namespace: 'shop' }, or as { _tag: 'Address', ip: '192.0.2.1' }"

const requireEnd = (end: unknown, path: Path): void => {
  if (!isEndpoint(end)) refuse(path, 'a pod, a node or an address', end, endHint(end))
}

/** A flow between ends that are described. */
export const requireDescribedFlow = (flow: Flow): void => {
  requireFlow(flow)
  requireEnd(flow.from, ['from'])
  requireEnd(flow.to, ['to'])
}

const isNetwork = (value: unknown): boolean => {
  const { _tag, nets } = Object(value)
  return _tag === 'Network' && Array.isArray(nets) && nets.every((it) => typeof it === 'string')
}

/** Endpoints and networks by their names. */
export const requireEndpoints = (endpoints: Readonly<Record<string, Endpoint | Network>>): void => {
  requireObject(endpoints, 'endpoints by their names', "write them as { web: { _tag: 'Workload', … } }")
  for (const [name, end] of Object.entries(endpoints)) if (!isNetwork(end)) requireEnd(end, [name])
}

/** A world beside the resources, as `compile` takes it. */
export const requireWorld = (world: World): void => {
  const decoded = decodeWorld(world)
  if (E.isLeft(decoded)) orThrow(E.left(below(['world'], decoded.left, 'write it as `compile` takes it')))
}
