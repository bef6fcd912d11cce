import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** The value of a step; ends the task with the step's failure. */
export type Unwrap<F> = <A>(step: TaskEither<F, A> | E.Either<F, A>) => Promise<A>

/** Ends the task with a failure. */
export type Fail<F> = (failure: F) => never

class Stop<F> {
  constructor(readonly failure: F) {}
}

const fail = (failure: unknown): never => {
  throw new Stop(failure)
}

/**
 * Many steps, one after the other, as a TaskEither: an async function in which `unwrap(step)` is the step's value or
 * ends the whole with the step's failure, and `fail(failure)` ends it with that one. `try … finally` works as anywhere.
 */
export const task =
  <F, A>(steps: (unwrap: Unwrap<F>, fail: Fail<F>) => Promise<A>): TaskEither<F, A> =>
  async () => {
    const unwrap: Unwrap<F> = async (step) => {
      const result = typeof step === 'function' ? await step() : step
      return E.isLeft(result) ? fail(result.left) : result.right
    }
    try {
      return E.right(await steps(unwrap, fail))
    } catch (stop) {
      if (stop instanceof Stop) return E.left(stop.failure)
      throw stop
    }
  }
