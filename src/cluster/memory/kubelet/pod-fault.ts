import type { KubeObject } from '../../port.js'
import { record } from '../kinds/json.js'
import { types } from '../kinds/served-type.js'
import type { Registry } from '../registry/registry.js'

/**
 * What can happen to a pod that starts: killed for its memory; evicted; its node lost; deleted by somebody; unable
 * to reach the API server; running without an end.
 */
export type PodFault = 'OOMKilled' | 'Evicted' | 'NodeLost' | 'Vanished' | 'NoNetwork' | 'Hangs'

/** Puts the pod into the state that a fault from outside leaves it in. False for faults of the run itself. */
export const strike = (registry: Registry, pod: KubeObject, fault: PodFault | undefined): boolean => {
  const { name, namespace } = pod.metadata
  const status = record(pod.status)
  switch (fault) {
    case 'Vanished':
      registry.remove(types.pods, namespace, name, { gracePeriodSeconds: 0 })
      return true
    case 'Evicted': {
      const message = 'The node was low on resource: ephemeral-storage. '
      const evicted = { ...status, phase: 'Failed', reason: 'Evicted', message }
      const condition = { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message }
      registry.update(
        types.pods,
        { ...pod, status: { ...evicted, conditions: [condition] } },
        { status: true },
      )
      return true
    }
    case 'NodeLost': {
      const message = `Node ${record(pod.spec).nodeName} which was running pod ${name} is unresponsive`
      const lost = { ...status, phase: 'Running', reason: 'NodeLost', message }
      registry.update(types.pods, { ...pod, status: lost }, { status: true })
      return true
    }
    default:
      return false
  }
}
