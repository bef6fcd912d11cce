import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Failure, toError } from '../error.js'
import type { RunnerError } from './error.js'
import type { RunEvent } from './event.js'

/**
 * A call under way. `await` it for its report (a failure is thrown, as an Error with the failure's fields), and
 * `for await` it for what happens meanwhile. It has started already, and runs whether or not anyone listens.
 */
export interface Run<A, Event = RunEvent, F extends Failure = RunnerError>
  extends PromiseLike<A>,
    AsyncIterable<Event> {
  /** The result as a value: never rejects. */
  readonly result: Promise<E.Either<F, A>>
}

/** Starts a call, keeping its events for those who come later. */
export const startRun = <A, Event = RunEvent, F extends Failure = RunnerError>(
  start: (onEvent: (event: Event) => void) => TaskEither<F, A>,
): Run<A, Event, F> => {
  const events: Array<Event> = []
  let ended = false
  let wake = (): void => undefined
  let changed = new Promise<void>((resolve) => {
    wake = resolve
  })
  const tell = () => {
    wake()
    changed = new Promise((resolve) => {
      wake = resolve
    })
  }
  const result = start((event) => {
    events.push(event)
    tell()
  })().finally(() => {
    ended = true
    tell()
  })
  return {
    result,
    // biome-ignore lint/suspicious/noThenProperty: being awaited is what a Run is for.
    then: (onReport, onError) =>
      result
        .then((either) => {
          if (E.isLeft(either)) throw toError(either.left)
          return either.right
        })
        .then(onReport, onError),
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; ) {
        const waitFor = changed
        for (; next < events.length; next++) {
          const event = events[next]
          if (event !== undefined) yield event
        }
        if (ended && next >= events.length) return
        if (next >= events.length) await waitFor
      }
    },
  }
}
