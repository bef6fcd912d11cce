import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** The value of a step; ends the attempt with the step's failure. */
export type Must<F> = <A>(step: TaskEither<F, A> | E.Either<F, A>) => Promise<A>

class Stop<F> {
  constructor(readonly failure: F) {}
}

/**
 * Many steps, one after the other, as a TaskEither: an async function in which `must(step)` is the step's value,
 * and its failure ends the whole. `try … finally` works as anywhere.
 */
export const attempt =
  <F, A>(steps: (must: Must<F>) => Promise<A>): TaskEither<F, A> =>
  async () => {
    const must: Must<F> = async (step) => {
      const result = typeof step === 'function' ? await step() : step
      if (E.isLeft(result)) throw new Stop(result.left)
      return result.right
    }
    try {
      return E.right(await steps(must))
    } catch (stop) {
      if (stop instanceof Stop) return E.left(stop.failure)
      throw stop
    }
  }
