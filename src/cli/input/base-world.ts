import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { CompiledWorld } from '../../policy/compiled-world.js'
import type { CompileOptions } from '../../policy/world/world.js'
import type { CliFailure } from '../failure.js'

/** A cluster or a snapshot that inputs come on top of. */
export interface BaseOptions {
  readonly world?: string
  readonly context?: string
  readonly kubeconfig?: string
  readonly timeout?: number
}

/** The world of a snapshot or of a cluster; undefined where neither is named. */
export const baseWorld =
  (_options: BaseOptions, _how: CompileOptions): TaskEither<CliFailure, CompiledWorld | undefined> =>
  async () =>
    E.right(undefined)
