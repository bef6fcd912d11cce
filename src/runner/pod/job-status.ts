import type { KubeObject } from '../../cluster/port.js'
import { type Exit, type PodState, podState } from './pod-status.js'

/** A pod whose calicoctl has ended, well or not. */
export interface EndedPod {
  readonly pod: KubeObject
  readonly exits: ReadonlyArray<Exit>
}

interface NoPod {
  readonly _tag: 'NoPod'
  /** One that had not ended is gone. */
  readonly lost: boolean
  /** Others have ended: the next is to come. */
  readonly begun: boolean
}

/** What the pods of a Job say together. */
export type JobState =
  | { readonly _tag: 'Ended'; readonly pods: ReadonlyArray<EndedPod> }
  | NoPod
  | Exclude<PodState, { readonly _tag: 'Ended' }>

/** Which group the pod works at: an Indexed Job tells its pods, and any other has one. */
const indexOf = ({ metadata }: KubeObject): number =>
  Number(metadata.annotations?.['batch.kubernetes.io/job-completion-index'] ?? 0)

type Waiting = Extract<PodState, { readonly _tag: 'Waiting' }>

const together = (waiting: ReadonlyArray<Waiting>, ended: number, groups: number): Waiting | undefined => {
  const [first] = waiting
  if (first === undefined || groups === 1) return first
  const runs = waiting.some(({ phase }) => phase === 'Running')
  return { ...first, phase: runs ? 'Running' : first.phase, reason: `${ended} of ${groups} pods have ended` }
}

/**
 * Follows the pods of one Job. What has ended is remembered, whatever becomes of its pod. Trouble that may pass counts
 * only when no pod gets on: one that finds no room waits for those that run. Trouble that stays counts at once.
 */
export const followJob = (groups: number): ((pods: ReadonlyArray<KubeObject>) => JobState) => {
  const ended = new Map<number, EndedPod>()
  let running: ReadonlySet<string | undefined> = new Set()
  return (pods) => {
    const states = pods.map((pod) => ({ pod, state: podState(pod) }))
    const open = states.flatMap(({ pod, state }) => (state._tag === 'Ended' ? [] : [{ pod, state }]))
    for (const { pod, state } of states) {
      const index = indexOf(pod)
      if (state._tag === 'Ended' && !ended.has(index)) ended.set(index, { pod, exits: state.exits })
    }
    const present = new Set(pods.map(({ metadata }) => metadata.uid))
    const lost = [...running].some((uid) => !present.has(uid))
    running = new Set(open.map(({ pod }) => pod.metadata.uid))
    const none: NoPod = { _tag: 'NoPod', lost, begun: ended.size > 0 }
    if (lost) return none
    if (open.length === 0) {
      const all = Array.from({ length: groups }, (_, index) => ended.get(index) ?? [])
      return ended.size === groups ? { _tag: 'Ended', pods: all.flat() } : none
    }
    const problems = open.flatMap(({ state }) => (state._tag === 'Problem' ? [state] : []))
    const waiting = open.flatMap(({ state }) => (state._tag === 'Waiting' ? [state] : []))
    return problems.find(({ final }) => final) ?? together(waiting, ended.size, groups) ?? problems[0] ?? none
  }
}
