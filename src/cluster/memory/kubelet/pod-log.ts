import * as E from 'fp-ts/lib/Either.js'
import type { ReadLog } from '../http/api-server.js'
import { array, record } from '../kinds/json.js'
import { PodSpec } from '../kinds/pod-spec.js'
import { badRequest } from '../kinds/refusal.js'
import { containersOf, logKey } from './pod-run.js'

const waitingFor = (status: unknown, container: string): string => {
  const states = [...array(record(status).containerStatuses), ...array(record(status).initContainerStatuses)]
  const own = states.map(record).find(({ name }) => name === container)
  return String(record(record(own?.state).waiting).reason ?? 'ContainerCreating')
}

/** Reads logs as the API server hands them on from the kubelet. */
export const createLogReader =
  (logs: ReadonlyMap<string, string>): ReadLog =>
  (pod, wanted) => {
    const { name } = pod.metadata
    const spec = PodSpec.decode(pod.spec)
    const names = E.isRight(spec) ? containersOf(spec.right).map((container) => container.name) : []
    const container = wanted ?? (names.length === 1 ? names[0] : undefined)
    if (container === undefined) {
      const message = `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`
      return E.left(badRequest(message))
    }
    if (!names.includes(container))
      return E.left(badRequest(`container ${container} is not valid for pod ${name}`))
    const log = logs.get(logKey(pod, container))
    if (log !== undefined) return E.right(log)
    const reason = waitingFor(pod.status, container)
    const message = `container "${container}" in pod "${name}" is waiting to start: ${reason}`
    return E.left(badRequest(message))
  }
