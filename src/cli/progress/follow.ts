import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { RunnerError } from '../../runner/error.js'
import type { RunEvent } from '../../runner/event.js'
import type { Run } from '../../runner/run.js'
import { err, isWatched } from '../terminal.js'
import { detailOf, stepTitle } from './event-words.js'

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(5)} s`

/** What happens as lines with the time since the call began, for logs. */
const followInLines = async (events: AsyncIterable<RunEvent>): Promise<void> => {
  for await (const event of events) {
    const detail = detailOf(event)
    if (event._tag === 'Started') err(`${seconds(event.elapsedMs)}  ${stepTitle[event.step]}`)
    else if (detail !== undefined) err(`${seconds(event.elapsedMs)}    ${detail}`)
  }
}

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
