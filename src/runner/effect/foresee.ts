import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { RunnerError } from '../error.js'
import type { Prepared } from '../plan/prepare.js'
import type { ConnectivityEffect, Refusal } from '../report.js'
import type { RunContext } from '../run-context.js'
import { worldFrom } from '../world/world-from.js'
import type { WorldSnapshot } from '../world/world-snapshot.js'
import { connectivityEffect, worldPair } from './connectivity-effect.js'

/** What a plan does to the world that was read. */
export interface Foreseen {
  readonly effect: ConnectivityEffect
  readonly snapshot: WorldSnapshot
}

export interface EffectOptions {
  readonly connectivity?: boolean
  readonly refuse?: ReadonlyArray<Refusal>
}

/** Reads the cluster, and says what the plan opens and closes, where that is asked for. */
export const foresee = (
  context: RunContext,
  prepared: Prepared,
  { connectivity = false, refuse = [] }: EffectOptions,
): TaskEither<RunnerError, Foreseen | undefined> =>
  task(async (unwrap) => {
    if (!connectivity && refuse.length === 0) return undefined
    const { cluster, settings, signal, emit } = context
    emit({ _tag: 'Started', step: 'connectivity' })
    const snapshot = await unwrap(worldFrom(cluster, { signal, timeoutMs: settings.timeoutMs }))
    const pair = await unwrap(worldPair(snapshot, prepared))
    return { snapshot, effect: await unwrap(connectivityEffect(snapshot, pair, prepared, refuse)) }
  })
