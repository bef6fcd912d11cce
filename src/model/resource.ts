import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, invalid } from '../error.js'
import { closest } from './closest.js'
import { type Codec, decodeAs } from './codec.js'
import { GlobalNetworkPolicy } from './global-network-policy.js'
import { NetworkPolicy } from './network-policy.js'

/** Calico's API version, of every kind. */
export const apiVersion = 'projectcalico.org/v3'

/** Each kind and its type. */
export interface Kinds {
  readonly NetworkPolicy: NetworkPolicy
  readonly GlobalNetworkPolicy: GlobalNetworkPolicy
}

export type Kind = keyof Kinds

/** Any resource of Calico's that calicoctl can write. Told apart by `kind`. */
export type Resource = Kinds[Kind]

/** The codec of each kind. */
export const codecs: { readonly [K in Kind]: Codec<Kinds[K]> } = {
  NetworkPolicy,
  GlobalNetworkPolicy,
}

export const kinds = Object.keys(codecs) as ReadonlyArray<Kind>

const isKind = (kind: unknown): kind is Kind => typeof kind === 'string' && Object.hasOwn(codecs, kind)

const unknownKind = (kind: unknown): Invalid => {
  const meant = typeof kind === 'string' ? closest(kind, kinds) : undefined
  return invalid([
    {
      rule: kind === undefined ? 'missing-key' : 'unknown-kind',
      path: ['kind'],
      message: `expected one of Calico's kinds, got ${typeof kind === 'string' ? JSON.stringify(kind.slice(0, 64)) : 'none'}`,
      hint:
        meant === undefined ? `the kinds are: ${kinds.join(', ')}` : `did you mean ${JSON.stringify(meant)}?`,
    },
  ])
}

/**
 * The value as a resource, checked for shape: kinds, fields and their types, nothing unknown at any depth.
 *
 * **Errors**: `Invalid`, with all issues. What Calico refuses beyond shape, `check` says.
 *
 * @example
 * decode({ apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec: {} }) // => Right
 */
export const decode = (value: unknown): E.Either<Invalid, Resource> => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  return isKind(kind) ? decodeAs<Resource>(codecs[kind] as Codec<Resource>, value) : E.left(unknownKind(kind))
}
