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
        return { fault: named.has(alias) ? `*${alias} is part of itself` : `there is no &${alias} before` }
      repeated += known.size
      const tooMuch = repeated > most || (repeated > 100 && repeated > 9 * written)
      return tooMuch ? { fault: 'aliases repeat too much' } : { value: known.value }
    },
  }
}
