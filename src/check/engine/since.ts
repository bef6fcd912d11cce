import * as E from 'fp-ts/lib/Either.js'
import type { Issue, Path } from '../../error.js'
import {
  newest,
  parseVersion,
  printVersion,
  type Release,
  release,
  type Version,
} from '../../model/calico-version.js'
import { unlessHole } from '../../model/codec/hole.js'
import type { FieldSchema, Schema } from '../../model/codec/schema.js'
import { type Kind, type KindFacts, kindFacts } from '../../model/kind.js'
import { codecs, type Resource } from '../../model/resource.js'
import { all, type CheckRule, type Constraint, compile, none, type Refusal, rule } from './constraint.js'
import { quoted } from './quoted.js'

type Newer = (value: unknown, at: Path, found: Array<Refusal>) => void

const info: CheckRule = {
  name: 'newer-field',
  what: 'A field or value is newer than the Calico release that is checked for.',
  remedy: 'remove it, or upgrade Calico',
  source: 'calicoctl/calicoctl/resourcemgr/resourcemgr.go, the strict decoding',
}

const isNewer = (since: string | undefined, version: Version): boolean =>
  since !== undefined && release(since as Release) > version

const refuse =
  (what: string, since: string, version: Version): Newer =>
  (_, at, found) =>
    void found.push({
      at,
      message: `${what} is new in Calico ${since}: Calico ${printVersion(version)} refuses it`,
    })

const inField = (key: string, { since, schema }: FieldSchema, version: Version): Newer | undefined =>
  since !== undefined && isNewer(since, version)
    ? refuse(`the field ${quoted(key)}`, since, version)
    : search(schema, version)

const inObject = (fields: Readonly<Record<string, FieldSchema>>, version: Version): Newer | undefined => {
  const searches = Object.entries(fields).flatMap(([key, field]) => {
    const newer = inField(key, field, version)
    return newer === undefined ? [] : [[key, newer] as const]
  })
  if (searches.length === 0) return undefined
  return (value, at, found) => {
    if (typeof value !== 'object' || value === null) return
    const object = value as Readonly<Record<string, unknown>>
    for (const [key, newer] of searches) {
      const given = unlessHole(() => object[key], undefined)
      if (given !== undefined) newer(given, [...at, key], found)
    }
  }
}

const inItems = (schema: Schema, version: Version): Newer | undefined => {
  const newer = search(schema, version)
  if (newer === undefined) return undefined
  return (value, at, found) => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      newer(item, [...at, Array.isArray(value) ? Number(key) : key], found)
    }
  }
}

const inLiteral = (since: Readonly<Record<string, string>>, version: Version): Newer | undefined => {
  const newer = Object.entries(since).filter(([, first]) => isNewer(first, version))
  if (newer.length === 0) return undefined
  const refusals = new Map(
    newer.map(([value, first]) => [value, refuse(`the value ${quoted(value)}`, first, version)]),
  )
  return (value, at, found) => refusals.get(String(value))?.(value, at, found)
}

/** How to find what is newer than the version, by the parts of the schema that have any of it. */
const search = (schema: Schema, version: Version): Newer | undefined => {
  switch (schema.kind) {
    case 'object':
      return inObject(schema.fields, version)
    case 'array':
      return inItems(schema.item, version)
    case 'map':
      return inItems(schema.value, version)
    case 'literal':
      return schema.since === undefined ? undefined : inLiteral(schema.since, version)
    default:
      return undefined
  }
}

/** Only fields and values that the version knows: read off the schema, which says since when each of them is there. */
export const knownIn = <A>(schema: Schema): Constraint<A> => ({
  rules: [info],
  parts: (version) => {
    const newer = search(schema, version)
    if (newer === undefined) return []
    const found = rule<A>(info, (value) => {
      const refusals: Array<Refusal> = []
      newer(value, [], refusals)
      return refusals.length === 0 ? none : refusals
    })
    return found.parts(version)
  },
})

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
