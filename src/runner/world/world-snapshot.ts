import type * as E from 'fp-ts/lib/Either.js'
import type { Invalid } from '../../error.js'
import { compile } from '../../policy/compile.js'
import type { CompiledWorld } from '../../policy/compiled-world.js'
import type { CompileOptions, World } from '../../policy/world/world.js'
import type { UnreadPart } from '../report.js'

/** All that had a say on a cluster, at a moment: as `worldFrom` reads it. Plain JSON. */
export interface WorldSnapshot {
  /** For `compile`: of each object what has a say, and no more. */
  readonly world: World
  /** The cluster's Calico, such as `3.28.5`; absent where it could not be read. */
  readonly calico?: string
  readonly unread: ReadonlyArray<UnreadPart>
  /** When it was read, by the clock of who read it: `2026-11-29T12:00:00.000Z`. */
  readonly takenAt: string
}

/**
 * A snapshot, compiled by the rules of its own Calico. What could not be read makes what hangs on it `unknown`.
 *
 * **Errors**: as `compile`.
 *
 * @example
 * const snapshot = orThrow(await worldFrom(memoryCluster({ namespaces: ['shop'] }))())
 * const world = orThrow(compileSnapshot(snapshot))
 * world.verdict({ from: '192.0.2.7', to: '192.0.2.8', protocol: 'TCP', port: 80 }).decision // => 'allowed'
 */
export const compileSnapshot = (
  { world, calico }: WorldSnapshot,
  options: CompileOptions = {},
): E.Either<Invalid, CompiledWorld> =>
  compile(world, { ...(calico === undefined ? {} : { calico }), ...options })
