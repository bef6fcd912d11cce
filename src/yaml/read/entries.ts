import { isScalar, isSeq, type ParsedNode } from 'yaml'
import { readKey } from './construct-scalar.js'
import type { Context } from './problem.js'

/** The entries of a map, as they come in. */
export interface Entries {
  readonly add: (key: ParsedNode, value: unknown) => void
  /** `<<` as calicoctl has it: of several maps the first counts, but a later entry counts more than one before. */
  readonly merge: (key: ParsedNode, node: ParsedNode | null, value: unknown) => void
  readonly read: () => Readonly<Record<string, unknown>>
}

interface Entry {
  readonly value: unknown
  readonly merged: boolean
}

const isMapValue = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isMergeKey = (key: ParsedNode): boolean =>
  isScalar(key) && key.type === 'PLAIN' && key.source === '<<' && key.tag === undefined

export const openEntries = (context: Context): Entries => {
  const { equalKeys, report } = context
  const entries = new Map<string, Entry>()

  const add = (key: ParsedNode, value: unknown): void => {
    const name = isScalar(key)
      ? readKey(key, context)
      : report(key, 'key-not-text', 'calicoctl refuses a key that is not a string', 'use a string as the key')
    if (name === undefined) return
    if (entries.get(name)?.merged === false && !equalKeys)
      report(key, 'duplicate-key', `the key ${JSON.stringify(name)} appears twice`, 'remove one of them')
    entries.set(name, { value, merged: false })
  }

  const mergeOne = (key: ParsedNode, map: unknown): void => {
    // What is undefined has been told of already.
    if (map === undefined) return
    if (!isMapValue(map)) {
      report(key, 'merge', '"<<" takes a map or a list of maps', 'give it one')
      return
    }
    for (const [name, value] of Object.entries(map)) {
      // YAML lets the map's own entry win, calicoctl the last.
      if (entries.get(name)?.merged === false)
        report(key, 'merge', `"<<" gives the key ${JSON.stringify(name)} again`, 'put "<<" first')
      entries.set(name, { value, merged: true })
    }
  }

  const merge = (key: ParsedNode, node: ParsedNode | null, value: unknown): void => {
    const several = isSeq(node) && Array.isArray(value)
    for (const map of several ? [...value].reverse() : [value]) mergeOne(key, map)
  }

  const read = (): Readonly<Record<string, unknown>> =>
    Object.fromEntries([...entries].map(([name, { value }]) => [name, value]))

  return { add, merge, read }
}

/** The values that a document has named by anchors, and how much of it aliases repeat. */
export interface Anchors {
  /** Counts the value, and names it where there is an anchor. */
  readonly define: (anchor: string | undefined, read: () => unknown) => unknown
  readonly read: (alias: string) => { readonly value: unknown } | { readonly fault: string }
}

interface Named {
  readonly value: unknown
  readonly size: number
}

const most = 100_000

/**
 * Anchors as calicoctl's reader has them, a little stricter about how much aliases may repeat.
 *
 * **Source**: `gopkg.in/yaml.v2/decode.go`, allowedAliasRatio.
 */
export const openAnchors = (): Anchors => {
  // A name without a value is one whose value is still being read.
  const named = new Map<string, Named | undefined>()
  let written = 0
  let repeated = 0
  return {
    define: (anchor, read) => {
      const before = written + repeated
      written++
      if (anchor === undefined) return read()
      named.set(anchor, undefined)
      const value = read()
      named.set(anchor, { value, size: written + repeated - before })
      return value
    },
    read: (alias) => {
      const known = named.get(alias)
      if (known === undefined)
        return { fault: named.has(alias) ? `*${alias} contains itself` : `no &${alias} comes before it` }
      repeated += known.size
      const tooMuch = repeated > most || (repeated > 100 && repeated > 9 * written)
      return tooMuch ? { fault: 'the aliases expand to too much data' } : { value: known.value }
    },
  }
}
