import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { RunnerError } from '../../runner/error.js'
import type { Run } from '../../runner/run.js'
import { isWatched } from '../terminal.js'
import { followInLines } from './lines.js'

const draw = async <A>(run: Run<A>): Promise<void> => {
  // Loaded where it is needed: most calls need no list.
  const { followInList } = await import('./list.js')
  await followInList(run, async () => E.isLeft(await run.result))
}

/** The result of a call; what happens meanwhile is shown. */
export const follow =
  <A>(run: Run<A>): TaskEither<RunnerError, A> =>
  async () => {
    await (isWatched() ? draw(run) : followInLines(run))
    return run.result
  }
