import * as E from 'fp-ts/lib/Either.js'
import type { Issue, Path } from '../../error.js'
import { newest, parseVersion, printVersion, type Version } from '../../model/calico-version.js'
import { unlessHole } from '../../model/codec/hole.js'
import type { FieldSchema, LiteralSchema, Schema } from '../../model/codec/schema.js'
import { type Kind, type KindFacts, kindFacts } from '../../model/kind.js'
import { hasCome, hasGone, type Lifetime } from '../../model/lifetime.js'
import { codecs, type Resource } from '../../model/resource.js'
import { all, type CheckRule, type Constraint, compile, none, type Refusal, rule } from './constraint.js'
import { quoted } from './quoted.js'

type Search = (value: unknown, at: Path, found: Array<Refusal>) => void

const source = 'calicoctl/calicoctl/resourcemgr/resourcemgr.go, the strict decoding'

/** One of the ends of a lifetime: what is refused beyond it, and in which words. */
interface Bound {
  readonly info: CheckRule
  readonly why: (lifetime: Lifetime, version: Version) => string | undefined
}

const newer: Bound = {
  info: {
    name: 'newer-field',
    what: 'A field or value is newer than the Calico release that is checked for.',
    remedy: 'remove it, or upgrade Calico',
    source,
  },
  why: (lifetime, version) => (hasCome(lifetime, version) ? undefined : `is new in Calico ${lifetime.since}`),
}

const removed: Bound = {
  info: {
    name: 'removed-field',
    what: 'A field or value was removed in this release of Calico or an earlier one.',
    remedy: 'remove it',
    source,
  },
  why: (lifetime, version) =>
    hasGone(lifetime, version) ? `was removed in Calico ${lifetime.until}` : undefined,
}

/** A bound as one version sees it: how to refuse what is beyond it. */
type Refuse = (what: string, lifetime: Lifetime) => Search | undefined

const refusing =
  ({ why }: Bound, version: Version): Refuse =>
  (what, lifetime) => {
    const reason = why(lifetime, version)
    if (reason === undefined) return undefined
    const message = `${what} ${reason}: Calico ${printVersion(version)} refuses it`
    return (_, at, found) => void found.push({ at, message })
  }

const fieldOf = (object: Readonly<Record<string, unknown>>, key: string): unknown => object[key]

const inObject = (fields: Readonly<Record<string, FieldSchema>>, refuse: Refuse): Search | undefined => {
  const searches = Object.entries(fields).flatMap(([key, field]) => {
    const search = refuse(`the field ${quoted(key)}`, field) ?? searchOf(field.schema, refuse)
    return search === undefined ? [] : [[key, search] as const]
  })
  if (searches.length === 0) return undefined
  return (value, at, found) => {
    if (typeof value !== 'object' || value === null) return
    const object = value as Readonly<Record<string, unknown>>
    for (const [key, search] of searches) {
      const given = unlessHole(undefined, fieldOf, object, key)
      if (given !== undefined) search(given, [...at, key], found)
    }
  }
}

const inItems = (schema: Schema, refuse: Refuse): Search | undefined => {
  const search = searchOf(schema, refuse)
  if (search === undefined) return undefined
  return (value, at, found) => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      search(item, [...at, Array.isArray(value) ? Number(key) : key], found)
    }
  }
}

const inLiteral = ({ values, since = {}, until = {} }: LiteralSchema, refuse: Refuse): Search | undefined => {
  const searches = new Map(
    values.map(String).flatMap((value) => {
      const [first, last] = [since[value], until[value]]
      const lifetime = {
        ...(first === undefined ? {} : { since: first }),
        ...(last === undefined ? {} : { until: last }),
      }
      const search = refuse(`the value ${quoted(value)}`, lifetime)
      return search === undefined ? [] : [[value, search] as const]
    }),
  )
  if (searches.size === 0) return undefined
  return (value, at, found) => searches.get(String(value))?.(value, at, found)
}

/** How to find what is refused, by the parts of the schema that have any of it. */
const searchOf = (schema: Schema, refuse: Refuse): Search | undefined => {
  switch (schema.kind) {
    case 'object':
      return inObject(schema.fields, refuse)
    case 'array':
      return inItems(schema.item, refuse)
    case 'map':
      return inItems(schema.value, refuse)
    case 'literal':
      return inLiteral(schema, refuse)
    default:
      return undefined
  }
}

const within = <A>(bound: Bound, schema: Schema): Constraint<A> => ({
  rules: [bound.info],
  parts: (version) => {
    const search = searchOf(schema, refusing(bound, version))
    if (search === undefined) return []
    const found = rule<A>(bound.info, (value) => {
      const refusals: Array<Refusal> = []
      search(value, [], refusals)
      return refusals.length === 0 ? none : refusals
    })
    return found.parts(version)
  },
})

/** Only fields and values that the version knows: read off the schema, which says in which releases each of them is there. */
export const knownIn = <A>(schema: Schema): Constraint<A> =>
  all<A>(within(newer, schema), within(removed, schema))

/**
 * What an undecoded resource has that the version does not know. Null is nothing given, to a decoder, yet an old
 * calicoctl refuses the key.
 */
export const laterKeys = (resource: Resource, given: unknown, calico?: string): ReadonlyArray<Issue> => {
  const version = calico === undefined ? E.right(newest) : parseVersion(calico)
  if (E.isLeft(version)) return none
  const context = { calico: version.right, command: 'create', resource } as const
  return compile(knownIn(codecs[resource.kind].schema), version.right)?.(given, context) ?? none
}

/** Only a kind that the version knows. */
export const kindKnown = (kind: Kind): Constraint<unknown> => {
  const { since }: KindFacts = kindFacts[kind]
  if (since === undefined) return all()
  return rule(
    {
      name: 'newer-kind',
      what: 'A kind is newer than the Calico release that is checked for.',
      remedy: 'remove the resource, or upgrade Calico',
      source: 'calicoctl/calicoctl/resourcemgr, registerResource',
      until: since,
    },
    (_, { calico }) => [
      {
        at: ['kind'],
        message: `the kind ${kind} is new in Calico ${since}: Calico ${printVersion(calico)} does not know it`,
      },
    ],
  )
}
