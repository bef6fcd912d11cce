import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../cluster/port.js'
import type { PodProblem } from '../error.js'
import { verbs } from '../plan/batch.js'

const Terminated = t.intersection([
  t.type({ exitCode: t.number }),
  t.partial({ reason: t.string, message: t.string }),
])
const Waiting = t.partial({ reason: t.string, message: t.string })
const ContainerStatus = t.intersection([
  t.type({ name: t.string }),
  t.partial({ state: t.partial({ waiting: Waiting, terminated: Terminated }) }),
])
const Condition = t.intersection([
  t.type({ type: t.string, status: t.string }),
  t.partial({ reason: t.string, message: t.string }),
])
const Status = t.partial({
  phase: t.string,
  reason: t.string,
  message: t.string,
  conditions: t.array(Condition),
  containerStatuses: t.array(ContainerStatus),
})

/** How one container of the pod ended. */
export interface Exit {
  readonly container: string
  readonly exitCode: number
}

/** What a pod's status says. A `Problem` may pass by itself when it is not `final`. */
export type PodState =
  | { readonly _tag: 'Waiting'; readonly phase: string; readonly reason?: string }
  | { readonly _tag: 'Ended'; readonly exits: ReadonlyArray<Exit> }
  | {
      readonly _tag: 'Problem'
      readonly problem: PodProblem
      readonly reason: string
      readonly detail: string
      readonly final: boolean
    }

interface Known {
  readonly problem: PodProblem
  readonly final: boolean
}

/** Why a container waits. What pulls an image is tried again by the kubelet, and may get better. */
const waitingReasons: Readonly<Record<string, Known>> = {
  ErrImagePull: { problem: 'ImagePull', final: false },
  ImagePullBackOff: { problem: 'ImagePull', final: false },
  RegistryUnavailable: { problem: 'ImagePull', final: false },
  ErrImageNeverPull: { problem: 'ImagePull', final: true },
  InvalidImageName: { problem: 'InvalidImage', final: true },
  ImageInspectError: { problem: 'InvalidImage', final: true },
  CreateContainerConfigError: { problem: 'NotStarted', final: false },
  CreateContainerError: { problem: 'NotStarted', final: true },
  RunContainerError: { problem: 'NotStarted', final: true },
}

/** Why a pod failed as a whole. */
const podReasons: Readonly<Record<string, PodProblem>> = {
  DeadlineExceeded: 'DeadlineExceeded',
  Evicted: 'Evicted',
  Preempting: 'Evicted',
  NodeLost: 'NodeLost',
  NodeShutdown: 'NodeLost',
  Terminated: 'NodeLost',
  UnexpectedAdmissionError: 'NotAdmitted',
  OutOfcpu: 'Unschedulable',
  OutOfmemory: 'Unschedulable',
}

/** What the kernel says of a program that it cannot start, as the container runtime passes it on. */
const kernelSays: ReadonlyArray<readonly [RegExp, PodProblem]> = [
  [/exec format error/, 'WrongArchitecture'],
  [/exec: .*(?:no such file or directory|executable file not found)/, 'NoCalicoctl'],
]

const problem = (known: Known, reason: string, detail = ''): PodState => {
  const said = kernelSays.find(([words]) => words.test(detail))
  return said === undefined
    ? { _tag: 'Problem', ...known, reason, detail }
    : { _tag: 'Problem', problem: said[1], reason, detail, final: true }
}

const fromContainers = (statuses: ReadonlyArray<t.TypeOf<typeof ContainerStatus>>): PodState | undefined => {
  for (const { state } of statuses) {
    const { reason = '', message } = state?.waiting ?? {}
    const known = waitingReasons[reason]
    if (known !== undefined) return problem(known, reason, message)
    const ended = state?.terminated
    if (ended?.reason === 'OOMKilled')
      return problem({ problem: 'OutOfMemory', final: true }, 'OOMKilled', ended.message)
    if (ended?.reason === 'StartError' || ended?.reason === 'ContainerCannotRun') {
      return problem({ problem: 'NotStarted', final: true }, ended.reason, ended.message)
    }
  }
  return undefined
}

const names: ReadonlySet<string> = new Set(verbs)

/** What the pod's status means for the run. Never fails: an unreadable status is a pod that waits. */
export const podState = (pod: KubeObject): PodState => {
  const decoded = Status.decode(pod.status ?? {})
  if (E.isLeft(decoded)) return { _tag: 'Waiting', phase: 'Unknown' }
  const { phase = 'Pending', reason = '', message, conditions = [], containerStatuses = [] } = decoded.right
  // A sidecar that someone injected may run for ever, and is none of ours.
  const own = containerStatuses.filter(({ name }) => names.has(name))
  const whole = podReasons[reason]
  // Of a lost node nobody says any more that its pod failed.
  if (whole !== undefined && (phase === 'Failed' || whole === 'NodeLost'))
    return problem({ problem: whole, final: true }, reason, message)
  const disrupted = conditions.find((it) => it.type === 'DisruptionTarget' && it.status === 'True')
  if (phase === 'Failed' && disrupted !== undefined) {
    return problem(
      { problem: 'Evicted', final: true },
      disrupted.reason ?? 'DisruptionTarget',
      disrupted.message,
    )
  }
  const trouble = fromContainers(own)
  if (trouble !== undefined) return trouble
  const exits = own.flatMap(({ name, state }) =>
    state?.terminated === undefined ? [] : [{ container: name, exitCode: state.terminated.exitCode }],
  )
  if (exits.length > 0 && exits.length === own.length) return { _tag: 'Ended', exits }
  const unscheduled = conditions.find((it) => it.type === 'PodScheduled' && it.status === 'False')
  if (unscheduled !== undefined) {
    return problem(
      { problem: 'Unschedulable', final: false },
      unscheduled.reason ?? 'Unschedulable',
      unscheduled.message,
    )
  }
  const waiting = own.find(({ state }) => state?.waiting?.reason !== undefined)?.state?.waiting?.reason
  return { _tag: 'Waiting', phase, ...(waiting === undefined ? {} : { reason: waiting }) }
}
