/** Enough to hide the time of a round trip, too few for a server to notice. */
const atOnce = 8

/**
 * The results in the order of the items, a few under way at a time. After a rejection nothing new is begun, and what
 * is under way is waited for: nothing is written behind the back of whoever then cleans up.
 */
export const inParallel = async <A, B>(
  items: ReadonlyArray<A>,
  run: (item: A) => Promise<B>,
): Promise<ReadonlyArray<B>> => {
  const results: Array<B> = new Array(items.length)
  const queue = items.entries()
  let failed = false
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failed) return
      try {
        results[index] = await run(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  for (const settled of workers) if (settled.status === 'rejected') throw settled.reason
  return results
}
