import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file, or the URL of one, with line and column, as V8 and the loaders of TypeScript write it. */
const mention = /(?<=^|[\s(])(file:\/\/\/[^\s()]+?|(?:\/|[A-Za-z]:\\)[^\s()]*?):(\d+)(?::(\d+))?(?=$|[\s)])/gm

/** Not every URL of a file is that of a file here: one with a host or an encoded slash is none. */
const fileOf = (where: string): string | undefined => {
  try {
    return where.startsWith('file:') ? fileURLToPath(where) : where
  } catch {
    return undefined
  }
}

/** `policies.ts:3:7`: the first place in a file of the user's that an error's stack names. */
export const placeOf = (error: Error): string | undefined => {
  for (const [, where = '', line, column] of (error.stack ?? '').matchAll(mention)) {
    const file = fileOf(where)
    if (file === undefined || file.includes('node_modules')) continue
    return [relative('', file), line, column].filter((part) => part !== undefined).join(':')
  }
  return undefined
}
