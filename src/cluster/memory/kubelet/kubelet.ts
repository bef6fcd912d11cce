import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { recordEvent } from '../controllers/events.js'
import { type Controller, earliest } from '../controllers/loop.js'
import { record } from '../kinds/json.js'
import { PodSpec } from '../kinds/pod-spec.js'
import { types } from '../kinds/served-type.js'
import type { Api } from '../registry.js'
import { type PodFault, strike } from './pod-fault.js'
import { type Ground, type Obstacle, preparePod, runPod, setStatus } from './pod-run.js'
import { placePod } from './scheduler.js'

export interface KubeletOptions {
  readonly ground: Ground
  readonly fault: (pod: KubeObject) => PodFault | undefined
  /** How long ErrImagePull shows before it becomes ImagePullBackOff. */
  readonly backoffMs: number
}

const isEnded = (pod: KubeObject): boolean =>
  ['Succeeded', 'Failed'].includes(String(record(pod.status).phase))

const schedule = (api: Api, pod: KubeObject, spec: PodSpec): void => {
  const component = 'default-scheduler'
  const place = placePod(spec, api.store.list(types.nodes))
  if (E.isRight(place)) {
    api.update(types.pods, { ...pod, spec: { ...record(pod.spec), nodeName: place.right } })
    const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${place.right}`
    recordEvent(api, pod, { type: 'Normal', reason: 'Scheduled', message, component })
    return
  }
  const message = place.left
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }]
  if (JSON.stringify(record(pod.status).conditions) === JSON.stringify(conditions)) return
  setStatus(api, pod, { phase: 'Pending', conditions })
  recordEvent(api, pod, { type: 'Warning', reason: 'FailedScheduling', message, component })
}

const wait = (
  api: Api,
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
  setStatus(api, pod, { phase: 'Pending', conditions, containerStatuses })
  recordEvent(api, pod, { type: 'Warning', reason: event, message, component: 'kubelet' })
}

/** Scheduler and kubelet in one: places pods on nodes, and runs the programs that stand for their images. */
export const createKubelet = ({ ground, fault, backoffMs }: KubeletOptions): Controller => {
  const running = new Map<string, AbortController>()
  const pulling = new Map<string, number>()

  const stop = (api: Api, pod: KubeObject): void => {
    const { uid = '', name, namespace } = pod.metadata
    running.get(uid)?.abort()
    running.delete(uid)
    api.remove(types.pods, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } })
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

  const start = (api: Api, pod: KubeObject, spec: PodSpec): number | undefined => {
    const uid = pod.metadata.uid ?? ''
    const abort = new AbortController()
    const happens = fault(pod)
    if (strike(api, pod, happens)) {
      running.set(uid, abort)
      return undefined
    }
    const runs = preparePod(api, pod, spec, ground, abort.signal)
    if (E.isLeft(runs)) {
      const now = api.clock.now()
      wait(api, pod, spec, backingOff(uid, runs.left, now))
      return runs.left.reason === 'ErrImagePull' ? now + backoffMs : undefined
    }
    running.set(uid, abort)
    void runPod(api, pod, spec, runs.right, ground, happens)
    return undefined
  }

  const sync = (api: Api, pod: KubeObject): number | undefined => {
    const spec = PodSpec.decode(pod.spec)
    if (E.isLeft(spec) || isEnded(pod)) return undefined
    if (pod.metadata.deletionTimestamp !== undefined) {
      // Nobody is left on a lost node to say that the pod is gone.
      if (record(pod.status).reason !== 'NodeLost') stop(api, pod)
      return undefined
    }
    if (spec.right.nodeName === undefined) {
      schedule(api, pod, spec.right)
      return undefined
    }
    return running.has(pod.metadata.uid ?? '') ? undefined : start(api, pod, spec.right)
  }

  const forget = (api: Api): void => {
    for (const uid of running.keys()) {
      if (api.store.byUid(uid) !== undefined) continue
      running.get(uid)?.abort()
      running.delete(uid)
      pulling.delete(uid)
    }
    for (const key of ground.logs.keys()) {
      if (api.store.byUid(key.split('/')[0] ?? '') === undefined) ground.logs.delete(key)
    }
  }

  return (api) => {
    const again = earliest(...api.store.list(types.pods).map((pod) => sync(api, pod)))
    forget(api)
    return again
  }
}
