import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { attempt } from '../../async/task.js'
import type { CallOptions, Cluster } from '../../cluster/port.js'
import type { Resource } from '../../model/resource.js'
import type { RunnerError } from '../error.js'
import type { Emit } from '../event.js'
import type { Settings } from '../settings.js'
import { type Calico, inspectCalico } from '../state/calico-cluster.js'
import { type PresentByName, readPresentOf } from '../state/live-resource.js'
import { apiServers, exemption } from './api-server-exemption.js'
import { checkInput, readInput } from './check-input.js'
import { makePlan, marked, type Plan, type PlanOptions } from './plan.js'

export interface Prepared {
  readonly calico: Calico
  readonly wanted: ReadonlyArray<Resource>
  readonly present: PresentByName
  readonly plan: Plan
}

/** Checks the input, looks at the cluster, and compares. Reads only. */
export const prepare = (
  cluster: Cluster,
  settings: Settings,
  input: ReadonlyArray<unknown>,
  emit: Emit,
  options: PlanOptions & CallOptions,
): TaskEither<RunnerError, Prepared> =>
  attempt(async (must) => {
    emit({ _tag: 'Started', step: 'check' })
    const resources = await must(readInput(input, settings.kinds))
    emit({ _tag: 'Started', step: 'inspect' })
    const calico = await must(inspectCalico(cluster, options))
    const checked = await must(checkInput(resources, calico.version))
    const exempt =
      settings.lockout === 'exempt' ? [exemption(settings.owner, await apiServers(cluster, options))] : []
    const wanted = [...exempt, ...checked].map((resource) => marked(settings.owner, resource))
    emit({ _tag: 'Started', step: 'plan' })
    const present = await must(
      readPresentOf(
        cluster,
        settings.owner,
        calico,
        wanted,
        options.prune === true ? settings.kinds : [],
        options,
      ),
    )
    const plan = makePlan(wanted, present, options)
    emit({ _tag: 'Planned', items: plan.items.map(({ name, action }) => ({ name, action })) })
    return { calico, wanted, present, plan }
  })
