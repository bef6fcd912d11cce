import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../async/task.js'
import { kubeCluster } from '../cluster/kube.js'
import { createRunner, type Runner } from '../runner/runner.js'
import type { CliFailure } from './failure.js'
import { readSettings } from './settings/file.js'
import { mergeSettings } from './settings/merge.js'
import type { ClusterOptions, PodOptions } from './settings/option-group.js'
import { err } from './terminal.js'

/** A Runner, and where it works, in words. */
export interface Connection {
  readonly runner: Runner
  readonly place: string
}

/** The Runner that the options and the settings file describe. Names its cluster first: nothing is read or changed unnamed. */
export const connect = (options: ClusterOptions & PodOptions): TaskEither<CliFailure, Connection> =>
  task(async (unwrap) => {
    const settings = await unwrap(mergeSettings(options, await unwrap(readSettings(options.settings))))
    const { kubeconfig, context } = options
    const cluster = kubeCluster({
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(context === undefined ? {} : { context }),
      ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
    })
    const target = await unwrap(cluster.target())
    err(`On ${target.description}, namespace ${target.namespace}, as owner ${settings.owner}`)
    return { runner: createRunner({ ...settings, cluster }), place: target.description }
  })
