import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid } from '../../error.js'
import {
  type Codec,
  decodeAs,
  list,
  literal,
  notation,
  object,
  optional,
  string,
} from '../../model/codec/codec.js'
import type { CompileOptions, Given, World, WorldChange } from './world.js'

const isGiven = (value: unknown): value is Given => typeof value === 'string' || Array.isArray(value)

/** Looked at from outside alone: what is in it, `readWorld` reads. */
const manifests = notation<string>({
  name: 'a list of manifests, or their text',
  json: 'string',
  is: isGiven as (value: unknown) => value is string,
  read: () => undefined,
  hint: (value) => (typeof value === 'object' ? 'write it as a list of one' : undefined),
}) as Codec<unknown> as Codec<Given>

const WorldShape = object<World>('world', {
  resources: optional(manifests),
  namespaces: optional(manifests),
  serviceAccounts: optional(manifests),
  pods: optional(manifests as Codec<NonNullable<World['pods']>>),
  nodes: optional(manifests),
  services: optional(manifests),
  endpointSlices: optional(manifests),
  unread: optional(list(string)),
})

const Options = object<CompileOptions>('compile option', {
  calico: optional(string),
  staged: optional(literal('ignored', 'enforced')),
})

const Change = object<WorldChange>('change', { put: optional(manifests), remove: optional(list(string)) })

/** With what to do about one that is nothing of the kind. */
const decodeWith =
  <A>(codec: Codec<A>, hint: string) =>
  (value: unknown): E.Either<Invalid, A> =>
    E.mapLeft(({ issues: [first, ...others] }: Invalid) => {
      const hinted = (issue: Issue): Issue => (issue.path.length === 0 ? { ...issue, hint } : issue)
      return invalid([hinted(first), ...others.map(hinted)])
    })(decodeAs(codec, value))

/** What types cannot see: a world, and of its lists no more than that they are lists. */
export const decodeWorld = decodeWith(WorldShape, 'write it with its lists, as { resources: [policy], pods }')
export const decodeOptions = decodeWith(Options, "write them as { calico: '3.28' }, or leave them out")
export const decodeChange = decodeWith(Change, 'write it as { put: [policy], remove: [name] }')
