import { writeFile } from 'node:fs/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { NotWritten } from '../failure.js'
import { reasonOf } from '../input/find.js'
import { out } from '../terminal.js'

/** Writes a text to the file, or to stdout where there is none. */
export const write =
  (text: string, file: string | undefined): TaskEither<NotWritten, void> =>
  async () => {
    if (file === undefined) return E.right(out(text))
    try {
      return E.right(await writeFile(file, text))
    } catch (error) {
      const hint = 'name a file in an existing folder that you may write to'
      return E.left({ _tag: 'NotWritten', message: `${file} cannot be written: ${reasonOf(error)}`, hint })
    }
  }
