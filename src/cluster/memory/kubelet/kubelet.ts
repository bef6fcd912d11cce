import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { recordEvent } from '../controllers/events.js'
import { type Controller, earliest } from '../controllers/loop.js'
import { record } from '../kinds/json.js'
import { PodSpec } from '../kinds/pod-spec.js'
import { types } from '../kinds/served-type.js'
import type { Registry } from '../registry/registry.js'
import { type PodFault, strike } from './pod-fault.js'
import { type Ground, type Obstacle, preparePod, runPod, setStatus } from './pod-run.js'
import { placePod } from './scheduler.js'

interface KubeletOptions {
  readonly ground: Ground
  readonly fault: (pod: KubeObject) => PodFault | undefined
  /** How long ErrImagePull shows before it becomes ImagePullBackOff. */
  readonly backoffMs: number
}

const isEnded = (pod: KubeObject): boolean =>
  ['Succeeded', 'Failed'].includes(String(record(pod.status).phase))

const schedule = (registry: Registry, pod: KubeObject, spec: PodSpec): void => {
  const component = 'default-scheduler'
  const place = placePod(spec, registry.store.list(types.nodes))
  if (E.isRight(place)) {
    registry.update(types.pods, { ...pod, spec: { ...record(pod.spec), nodeName: place.right } })
    const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${place.right}`
    recordEvent(registry, pod, { type: 'Normal', reason: 'Scheduled', message, component })
    return
  }
  const message = place.left
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }]
  if (JSON.stringify(record(pod.status).conditions) === JSON.stringify(conditions)) return
  setStatus(registry, pod, { phase: 'Pending', conditions })
  recordEvent(registry, pod, { type: 'Warning', reason: 'FailedScheduling', message, component })
}

const wait = (
  registry: Registry,
  pod: KubeObject,
  spec: PodSpec,
  { container, reason, message, event }: Obstacle,
): void => {
  const containerStatuses = spec.containers.map(({ name, image }) => {
    const stuck = reason === 'ContainerCreating' || name !== container
    const waiting = stuck ? { reason: 'ContainerCreating' } : { reason, message }
    return { name, image, imageID: '', restartCount: 0, ready: false, started: false, state: { waiting } }
  })
  if (JSON.stringify(record(pod.status).containerStatuses) === JSON.stringify(containerStatuses)) return
  const conditions = [
    { type: 'PodScheduled', status: 'True' },
    { type: 'Ready', status: 'False' },
  ]
  setStatus(registry, pod, { phase: 'Pending', conditions, containerStatuses })
  recordEvent(registry, pod, { type: 'Warning', reason: event, message, component: 'kubelet' })
}

/** Scheduler and kubelet in one: places pods on nodes, and runs the programs that stand for their images. */
export const createKubelet = ({ ground, fault, backoffMs }: KubeletOptions): Controller => {
  const running = new Map<string, AbortController>()
  const pulling = new Map<string, number>()

  const stop = (registry: Registry, pod: KubeObject): void => {
    const { uid = '', name, namespace } = pod.metadata
    running.get(uid)?.abort()
    running.delete(uid)
    registry.remove(types.pods, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } })
  }

  const backingOff = (uid: string, obstacle: Obstacle, now: number): Obstacle => {
    if (obstacle.reason !== 'ErrImagePull') return obstacle
    const since = pulling.get(uid) ?? now
    pulling.set(uid, since)
    return now < since + backoffMs
      ? obstacle
      : {
          ...obstacle,
          reason: 'ImagePullBackOff',
          message: `Back-off pulling image: ${obstacle.message}`,
          event: 'BackOff',
        }
  }

  const start = (registry: Registry, pod: KubeObject, spec: PodSpec): number | undefined => {
    const uid = pod.metadata.uid ?? ''
    const abort = new AbortController()
    const happens = fault(pod)
    if (strike(registry, pod, happens)) {
      running.set(uid, abort)
      return undefined
    }
    const context = { registry, ground, pod, spec }
    const runs = preparePod(context, abort.signal)
    if (E.isLeft(runs)) {
      const now = registry.clock.now()
      wait(registry, pod, spec, backingOff(uid, runs.left, now))
      return runs.left.reason === 'ErrImagePull' ? now + backoffMs : undefined
    }
    running.set(uid, abort)
    void runPod(context, runs.right, happens)
    return undefined
  }

  const sync = (registry: Registry, pod: KubeObject): number | undefined => {
    if (isEnded(pod)) return undefined
    const spec = PodSpec.decode(pod.spec)
    if (E.isLeft(spec)) return undefined
    if (pod.metadata.deletionTimestamp !== undefined) {
      // Nobody is left on a lost node to say that the pod is gone.
      if (record(pod.status).reason !== 'NodeLost') stop(registry, pod)
      return undefined
    }
    if (spec.right.nodeName === undefined) {
      schedule(registry, pod, spec.right)
      return undefined
    }
    // What runs already, and not by this kubelet, was put into the cluster so.
    const isRunning = running.has(pod.metadata.uid ?? '') || record(pod.status).phase === 'Running'
    return isRunning ? undefined : start(registry, pod, spec.right)
  }

  const forget = (registry: Registry): void => {
    for (const uid of running.keys()) {
      if (registry.store.byUid(uid) !== undefined) continue
      running.get(uid)?.abort()
      running.delete(uid)
      pulling.delete(uid)
    }
    for (const key of ground.logs.keys()) {
      if (registry.store.byUid(key.split('/')[0] ?? '') === undefined) ground.logs.delete(key)
    }
  }

  return (registry) => {
    const again = earliest(...registry.store.list(types.pods).map((pod) => sync(registry, pod)))
    forget(registry)
    return again
  }
}
