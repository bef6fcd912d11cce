import { isPlain } from '../../../model/codec/json.js'
import { manifestsOf } from '../manifest.js'
import { type Given, type World, worldLists } from '../world.js'
import { addressCipher } from './address-cipher.js'
import { labelNames } from './anonymous-labels.js'
import { anonymousManifest, type Replacement } from './anonymous-manifest.js'
import { type Domain, pseudonyms } from './pseudonyms.js'

type Part = (typeof worldLists)[number]

export interface Anonymous {
  readonly world: World
  /** What was put in place of what. */
  readonly replacement: Replacement
}

type Lists = ReadonlyArray<readonly [Part, ReadonlyArray<unknown>]>

/** The values that labels of a key have, of all manifests. */
const valuesOf = (lists: Lists, key: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look)
    else if (isPlain(value)) {
      const there = value[key]
      if (typeof there === 'string') found.push(there)
      Object.values(value).forEach(look)
    }
  }
  for (const [, values] of lists) values.forEach(look)
  return found
}

/** **Shape**: `byParts` where names are compared one by one to break ties of order: from Calico 3.32 on. */
export const anonymousWorld = (world: World, byParts: boolean): Anonymous => {
  const lists: Lists = worldLists.flatMap((part) => {
    const given = world[part]
    return given === undefined ? [] : [[part, manifestsOf(given as Given).values] as const]
  })
  const names = pseudonyms(byParts)
  const partial = new Map<string, Domain | undefined>()
  const collecting: Replacement = {
    rename: names.collect,
    labels: labelNames(names.collect, (domain, key) => partial.set(key, domain)),
    address: () => undefined,
  }
  for (const [, values] of lists) for (const value of values) anonymousManifest(value, collecting)
  for (const [key, domain] of partial) {
    // Names of places keep their order as a whole, or not at all.
    if (domain === 'namespace') names.keepAll(['namespace', 'tier'])
    else if (domain !== undefined) for (const value of valuesOf(lists, key)) names.keep(domain, value)
  }
  const rename = names.close()
  const replacement = { rename, labels: labelNames(rename), address: addressCipher() }
  const replaced = lists.map(
    ([part, values]) => [part, values.map((value) => anonymousManifest(value, replacement))] as const,
  )
  return {
    world: {
      ...Object.fromEntries(replaced),
      ...(world.unread === undefined ? {} : { unread: world.unread }),
    },
    replacement,
  }
}
