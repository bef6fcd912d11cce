import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { kubeCluster } from '../../cluster/kube.js'
import { type Issue, invalid } from '../../error.js'
import { worldFromJson } from '../../runner/world/world-file.js'
import { worldFrom } from '../../runner/world/world-from.js'
import type { WorldSnapshot } from '../../runner/world/world-snapshot.js'
import type { CliFailure } from '../failure.js'
import { interruptSignal } from '../interrupt.js'
import { err } from '../terminal.js'
import { fileName } from './find.js'
import { placed } from './loaded.js'
import { textOf } from './text.js'

/** Which cluster to read, as Commander gives it. */
export interface ClusterChoice {
  readonly context?: string
  readonly kubeconfig?: string
  readonly timeout?: number
}

const atFile = (file: string, issue: Issue): Issue => placed(fileName(file), issue)

/** The snapshot in a file. */
export const readSnapshot = (file: string): TaskEither<CliFailure, WorldSnapshot> =>
  task(async (unwrap) => {
    const read = worldFromJson(await unwrap(await textOf(file)))
    if (E.isRight(read)) return read.right
    const [first, ...others] = read.left.issues
    return unwrap(E.left(invalid([atFile(file, first), ...others.map((issue) => atFile(file, issue))])))
  })

/** The cluster as it is. Names it first, and says what could not be read. */
export const readCluster = ({
  context,
  kubeconfig,
  timeout,
}: ClusterChoice): TaskEither<CliFailure, WorldSnapshot> =>
  task(async (unwrap) => {
    const cluster = kubeCluster({
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(context === undefined ? {} : { context }),
    })
    try {
      const target = await unwrap(cluster.target())
      err(`On ${target.description}`)
      const limit = timeout === undefined ? {} : { timeoutMs: timeout }
      const snapshot = await unwrap(worldFrom(cluster, { signal: interruptSignal(), ...limit }))
      for (const { kind, name, cause } of snapshot.unread)
        err(`not read: ${kind}${name === undefined ? '' : ` ${name}`}: ${cause}`)
      return snapshot
    } finally {
      cluster.close()
    }
  })
