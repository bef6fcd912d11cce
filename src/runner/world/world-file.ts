import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid } from '../../error.js'
import { minorOf } from '../../model/calico-version.js'
import { decodeAs, json, list, map, object, optional, string } from '../../model/codec/codec.js'
import { isPlain } from '../../model/codec/json.js'
import { anonymousWorld } from '../../policy/world/anonymous/anonymous-world.js'
import { manifestsOf } from '../../policy/world/manifest.js'
import { type Given, type World, worldLists } from '../../policy/world/world.js'
import type { UnreadPart } from '../report.js'
import type { WorldSnapshot } from './world-snapshot.js'

/** What a file of a world says that it is. */
const format = 'typed-calico/world'

/** Of the format. Another one is another way to say things: nothing is guessed. */
const formatVersion = 1

type Values = ReadonlyArray<Readonly<Record<string, unknown>>>

interface WrittenWorld {
  readonly resources?: Values
  readonly namespaces?: Values
  readonly serviceAccounts?: Values
  readonly pods?: Values
  readonly nodes?: Values
  readonly services?: Values
  readonly endpointSlices?: Values
  readonly unread?: ReadonlyArray<string>
}

interface Written {
  readonly calico?: string
  readonly takenAt: string
  readonly unread: ReadonlyArray<UnreadPart>
  readonly world: WrittenWorld
}

const values = optional(list(map(json)))

const Written = object<Written>('world file', {
  calico: optional(string),
  takenAt: string,
  unread: list(object<UnreadPart>('unread part', { kind: string, name: optional(string), cause: string })),
  world: object<WrittenWorld>('world', {
    resources: values,
    namespaces: values,
    serviceAccounts: values,
    pods: values,
    nodes: values,
    services: values,
    endpointSlices: values,
    unread: optional(list(string)),
  }),
})

/** An object a line: two files can be compared, and none is one long line. */
const printList = (name: string, given: Given): string => {
  const lines = manifestsOf(given).values.map((value) => `      ${JSON.stringify(value)}`)
  return `    ${JSON.stringify(name)}: [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n    `}]`
}

const printWorld = (world: World): string =>
  [
    ...(world.unread === undefined ? [] : [`    "unread": ${JSON.stringify(world.unread)}`]),
    ...worldLists.flatMap((name) => {
      const given = world[name]
      return given === undefined ? [] : [printList(name, given as Given)]
    }),
  ].join(',\n')

/** How a snapshot is written to a file. */
export interface WorldFileOptions {
  /**
   * Replaces names, labels and addresses, each by the same one wherever it stands, so that the world answers as before and
   * says little about whose it is. What stays: the ports and their names, keys of labels of Kubernetes and of Calico, and
   * values that a selector looks into (`contains`, `starts with`, `ends with`).
   */
  readonly anonymous?: boolean
}

/** Without names, which would tell whose they are. */
const anonymousParts = (unread: ReadonlyArray<UnreadPart>): ReadonlyArray<UnreadPart> =>
  [...new Set(unread.map(({ kind }) => kind))].map((kind) => ({ kind, cause: 'not all could be read' }))

const anonymousSnapshot = (snapshot: WorldSnapshot): WorldSnapshot => {
  const { calico } = snapshot
  const byParts = calico !== undefined && minorOf(calico) >= 32
  return {
    ...snapshot,
    world: anonymousWorld(snapshot.world, byParts).world,
    unread: anonymousParts(snapshot.unread),
  }
}

/**
 * The snapshot as the text of a file, to ask the world without the cluster.
 *
 * @example
 * const snapshot = orThrow(await worldFrom(memoryCluster({ namespaces: ['shop'] }))())
 * worldFromJson(worldToJson(snapshot)) // => Right, the same snapshot
 */
export const worldToJson = (snapshot: WorldSnapshot, { anonymous = false }: WorldFileOptions = {}): string =>
  printSnapshot(anonymous ? anonymousSnapshot(snapshot) : snapshot)

const printSnapshot = ({ world, calico, takenAt, unread }: WorldSnapshot): string =>
  [
    '{',
    `  "format": ${JSON.stringify(format)},`,
    `  "version": ${formatVersion},`,
    ...(calico === undefined ? [] : [`  "calico": ${JSON.stringify(calico)},`]),
    `  "takenAt": ${JSON.stringify(takenAt)},`,
    `  "unread": ${JSON.stringify(unread)},`,
    '  "world": {',
    printWorld(world),
    '  }',
    '}',
    '',
  ].join('\n')

const refuse = (issue: Omit<Issue, 'path'>): E.Either<Invalid, never> =>
  E.left(invalid([{ path: [], ...issue }]))

const parsed = (text: string): unknown => {
  try {
    // Editors of Windows put a byte order mark first.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/**
 * The snapshot in the text of a file that `worldToJson` made.
 *
 * **Errors**: `Invalid`: `not-a-world` for another text; `world-version` for a file of another version of the format; and
 * what of it is not as it should be.
 *
 * @example
 * worldFromJson('kind: Pod') // => Left, with the rule not-a-world
 */
export const worldFromJson = (text: string): E.Either<Invalid, WorldSnapshot> => {
  const value = parsed(text)
  if (!isPlain(value) || value.format !== format) {
    return refuse({
      rule: 'not-a-world',
      message:
        value === undefined
          ? 'this is not a world: it is not JSON, or is cut off'
          : `this is not a world: it is not JSON with "format": "${format}"`,
      hint: 'write one with worldToJson(…) of what worldFrom(cluster) read, or with `typed-calico snapshot`',
    })
  }
  const { format: _format, version, ...rest } = value
  if (version !== formatVersion) {
    return refuse({
      rule: 'world-version',
      message: `this world is of version ${JSON.stringify(version)?.slice(0, 16) ?? 'none'} of the format, and ${formatVersion} is read here`,
      hint: 'read the cluster again and write its world anew, or use the typed-calico that wrote this one',
    })
  }
  return decodeAs(Written, rest) as E.Either<Invalid, WorldSnapshot>
}
