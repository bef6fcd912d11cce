import { type Cluster, createRunner, type RunEvent, type Runner } from 'typed-calico/runner'
import { applyEnded, namespacesOf } from './cluster.js'
import { hostSettings } from './hosts.js'
import type { Inputs } from './inputs.js'
import { policies } from './policies.js'

/** So that it needs no rights on others; the chart's templates have the same. */
const kinds = [
  'Tier',
  'GlobalNetworkPolicy',
  'NetworkPolicy',
  'KubeControllersConfiguration',
  'FelixConfiguration',
] as const

const runnerOf = (cluster: Cluster, inputs: Inputs): Runner => {
  const { owner, rbac, calicoctl: image, pod } = inputs
  return createRunner({ owner, cluster, image, pod, rbac, kinds })
}

const told = (event: RunEvent): string | undefined => {
  switch (event._tag) {
    case 'Started':
      return `${event.step} …`
    case 'Created':
      return `  + ${event.object}`
    case 'Removed':
      return `  - ${event.object}`
    case 'Restored':
      return `  ~ ${event.object}: ${event.fields.join(', ')}`
    case 'Said':
      return `  calicoctl: ${event.text.trim()}`
    default:
      return undefined
  }
}

const onEvent = (event: RunEvent): void => {
  const line = told(event)
  if (line !== undefined) console.log(line)
}

/** What this cluster is to have: for its version of Calico, and its namespaces where the values name none. */
const resourcesFor = async (runner: Runner, cluster: Cluster, inputs: Inputs) => {
  const { calico } = await runner.plan([])
  const named = inputs.namespaces.length > 0 || inputs.level !== 'L3'
  const complete = named ? inputs : { ...inputs, namespaces: await namespacesOf(cluster) }
  return [...policies(complete, calico), ...hostSettings(complete)]
}

export const plan = async (cluster: Cluster, inputs: Inputs) => {
  const runner = runnerOf(cluster, inputs)
  return runner.plan(await resourcesFor(runner, cluster, inputs), { prune: true })
}

export const apply = async (cluster: Cluster, inputs: Inputs, signal: AbortSignal) => {
  const runner = runnerOf(cluster, inputs)
  return runner.apply(await resourcesFor(runner, cluster, inputs), { prune: true, signal, onEvent })
}

/** Also ends an apply that is under way: its Job is marked as the release's own. What it wrote to its end goes, too. */
export const cleanup = async (cluster: Cluster, inputs: Inputs, signal: AbortSignal) => {
  const runner = runnerOf(cluster, inputs)
  const report = await runner.cleanup({ signal, onEvent })
  const ended = await applyEnded(cluster, inputs.release.namespace, signal)
  return ended ? runner.cleanup({ signal, onEvent }) : report
}
