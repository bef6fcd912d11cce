/** A few changes over a map that is shared and never changes: quick to make, and read like any other. */
class LayeredMap<K, V> implements ReadonlyMap<K, V> {
  readonly size: number

  constructor(
    readonly base: ReadonlyMap<K, V>,
    /** What is put over the base; `undefined` for what is taken away. */
    readonly changes: ReadonlyMap<K, V | undefined>,
  ) {
    let { size } = base
    for (const [key, value] of changes) size += (value === undefined ? 0 : 1) - (base.has(key) ? 1 : 0)
    this.size = size
  }

  get(key: K): V | undefined {
    return this.changes.has(key) ? this.changes.get(key) : this.base.get(key)
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.base) if (!this.changes.has(key)) yield [key, value]
    for (const [key, value] of this.changes) if (value !== undefined) yield [key, value]
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  forEach(call: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) call(value, key, this)
  }
}

/** From so many changes on, a new base is cheaper. */
const mostChanges = 1_000

/** The map with some values put or, where `undefined`, taken away. */
export const withChanges = <K, V>(
  map: ReadonlyMap<K, V>,
  changes: ReadonlyMap<K, V | undefined>,
): ReadonlyMap<K, V> => {
  if (changes.size === 0) return map
  const [base, earlier] =
    map instanceof LayeredMap ? [map.base, map.changes] : [map, new Map<K, V | undefined>()]
  const layered = new LayeredMap<K, V>(base, new Map([...earlier, ...changes]))
  return layered.changes.size > mostChanges ? new Map(layered) : layered
}
