import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import * as E from 'fp-ts/lib/Either.js'
import type { NoInput } from '../failure.js'
import { noInput, reasonOf } from './find.js'

/** The text of a file, or of stdin. */
export const textOf = async (file: string): Promise<E.Either<NoInput, string>> => {
  try {
    return E.right(file === '-' ? await text(process.stdin) : await readFile(file, 'utf8'))
  } catch (error) {
    return noInput(`${file} cannot be read: ${reasonOf(error)}`, 'check that the file may be read')
  }
}
