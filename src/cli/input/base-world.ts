import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { CompiledWorld } from '../../policy/compiled-world.js'
import type { CompileOptions } from '../../policy/world/world.js'
import { compileSnapshot } from '../../runner/world/world-snapshot.js'
import { badUsage, type CliFailure } from '../failure.js'
import { type ClusterChoice, readCluster, readSnapshot } from './read-snapshot.js'

/** A cluster or a snapshot that inputs come on top of. */
export interface BaseOptions extends ClusterChoice {
  readonly world?: string
}

const twice = badUsage(
  '--world and --context name two worlds',
  'ask one of them; `typed-calico snapshot` writes a cluster to a file',
)

/** The world of a snapshot or of a cluster; undefined where neither is named. */
export const baseWorld = (
  options: BaseOptions,
  how: CompileOptions,
): TaskEither<CliFailure, CompiledWorld | undefined> =>
  task(async (unwrap) => {
    const { world, context, kubeconfig } = options
    const isCluster = context !== undefined || kubeconfig !== undefined
    if (world === undefined && !isCluster) return undefined
    if (world !== undefined && isCluster) return unwrap(E.left(twice))
    const read = world === undefined ? readCluster(options) : readSnapshot(world)
    return unwrap(compileSnapshot(await unwrap(read), how))
  })
