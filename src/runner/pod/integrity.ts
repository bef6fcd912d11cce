import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { KubeObject } from '../../cluster/port.js'
import { configMaps } from '../../cluster/resource-types.js'
import { digestOfText, type Shard } from '../calicoctl/input.js'
import type { RunnerError } from '../error.js'
import { runLabel } from '../state/owner-labels.js'
import { configMapName } from './job.js'
import { shardsOf } from './job-plan.js'
import type { JobRunContext } from './job-run-context.js'

const holds = (object: KubeObject | undefined, { file, digest }: Shard): boolean => {
  const { data, immutable } = (object ?? {}) as { readonly data?: unknown; readonly immutable?: unknown }
  if (immutable !== true || typeof data !== 'object' || data === null) return false
  const entries = Object.entries(data)
  return (
    entries.length === 1 &&
    entries.every(([name, text]) => name === file && digestOfText(`${text}`) === digest)
  )
}

/** The ConfigMaps that hold the input, by name: their UIDs. */
export type InputIds = ReadonlyMap<string, string>

/**
 * That the pod's input is what was written for it. The ConfigMaps are immutable, so one can only be swapped for
 * another: two looks that see the same UIDs, before the pod starts and after it ended, leave no moment in between.
 */
export const verifyInput = (
  { cluster, spec, signal }: JobRunContext,
  before?: InputIds,
): TaskEither<RunnerError, InputIds> =>
  task(async (unwrap, fail) => {
    const labelSelector = `${runLabel}=${spec.run}`
    const { items } = await unwrap(
      cluster.list(configMaps, { signal, namespace: spec.namespace, labelSelector }),
    )
    const found = new Map(items.map((item) => [item.metadata.name, item]))
    const changed = shardsOf(spec.jobs)
      .map((shard) => ({ shard, name: configMapName(spec.run, shard) }))
      .filter(({ shard, name }) => {
        const object = found.get(name)
        const uid = object?.metadata.uid
        return !holds(object, shard) || (before !== undefined && before.get(name) !== uid)
      })
    if (changed.length === 0) {
      return new Map(items.map(({ metadata }) => [metadata.name, metadata.uid ?? '']))
    }
    const names = changed.map(({ name }) => `ConfigMap(${spec.namespace}/${name})`)
    return fail({
      _tag: 'InputChanged',
      message: `someone has changed the input of calicoctl: ${names.join(', ')}`,
      hint: 'find out who may write ConfigMaps in the namespace of the run, and read what the policies are now with plan()',
      objects: names,
    })
  })
