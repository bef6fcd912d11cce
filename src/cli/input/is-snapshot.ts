import { closeSync, openSync, readSync } from 'node:fs'

/** What a snapshot begins with. */
const mark = /^\uFEFF?\s*\{\s*"format"\s*:\s*"typed-calico/

/** Whether an input is a snapshot of a cluster, by its first words. */
export const isSnapshot = (input: string): boolean => {
  if (!input.endsWith('.json')) return false
  try {
    const handle = openSync(input, 'r')
    try {
      const start = Buffer.alloc(256)
      return mark.test(start.toString('utf8', 0, readSync(handle, start)))
    } finally {
      closeSync(handle)
    }
  } catch {
    return false
  }
}
