import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import type { ApiRequest, ApiResponse } from '../../transport.js'
import { timestamp } from '../kinds/clock.js'
import { record } from '../kinds/json.js'
import type { Container, PodSpec } from '../kinds/pod-spec.js'
import { types } from '../kinds/served-type.js'
import { serviceAccountName } from '../kinds/user.js'
import type { Registry } from '../registry/registry.js'
import { environmentOf, expand, filesOf } from './mounts.js'
import type { PodFault } from './pod-fault.js'
import { type ContainerState, podStatus, terminated } from './pod-status.js'
import type { ProgramRun } from './program.js'
import { imageTrouble, type Programs, runContainer } from './run-container.js'

/** What a pod needs around it to run. */
export interface Ground {
  readonly programs: Programs
  /** Requests of what runs in pods, as a service account. */
  readonly send: (user: string, request: ApiRequest) => Promise<ApiResponse>
  /** The logs of containers: by the pod's UID and the container's name. */
  readonly logs: Map<string, string>
}

/** Why a pod cannot start yet. */
export interface Obstacle {
  readonly container: string
  readonly reason: string
  readonly message: string
  /** The event that tells of it. */
  readonly event: string
}

const logLimit = 10 * 1024 * 1024

export const logKey = (pod: KubeObject, container: string): string => `${pod.metadata.uid}/${container}`

export const containersOf = ({ initContainers = [], containers }: PodSpec): ReadonlyArray<Container> => [
  ...initContainers,
  ...containers,
]

/** Writes the status of the pod, if it is still there. */
export const setStatus = (registry: Registry, { metadata }: KubeObject, status: object): void => {
  const live = registry.store.get(types.pods, metadata.namespace, metadata.name)
  if (live?.metadata.uid !== metadata.uid || live === undefined) return
  registry.update(types.pods, { ...live, status: { ...record(live.status), ...status } }, { status: true })
}

/** A pod that is to run, and what it runs on. */
export interface PodContext {
  readonly registry: Registry
  readonly ground: Ground
  readonly pod: KubeObject
  readonly spec: PodSpec
}

const runOf = (
  { registry, ground, pod, spec }: PodContext,
  container: Container,
  signal: AbortSignal,
): E.Either<Obstacle, ProgramRun> => {
  const stopped = (reason: string, message: string, event: string): E.Either<Obstacle, never> =>
    E.left({ container: container.name, reason, message, event })
  const files = filesOf(registry.store, pod, spec, container)
  if (E.isLeft(files)) return stopped('ContainerCreating', files.left, 'FailedMount')
  const trouble = imageTrouble(ground.programs, container)
  if (trouble !== undefined) return stopped(trouble.reason, trouble.message, 'Failed')
  const env = environmentOf(registry.store, pod, container)
  if (E.isLeft(env)) return stopped('CreateContainerConfigError', env.left, 'Failed')
  const { command = [], args = [], image } = container
  const user = serviceAccountName(pod.metadata.namespace ?? 'default', spec.serviceAccountName ?? 'default')
  return E.right({
    image,
    command: command.map((word) => expand(word, env.right)),
    args: args.map((word) => expand(word, env.right)),
    env: env.right,
    files: files.right,
    user,
    send: (request) => ground.send(user, request),
    signal,
  })
}

/** What each container of the pod is to run; or what is in the way. */
export const preparePod = (
  context: PodContext,
  signal: AbortSignal,
): E.Either<Obstacle, ReadonlyMap<string, ProgramRun>> => {
  const runs = new Map<string, ProgramRun>()
  for (const container of containersOf(context.spec)) {
    const run = runOf(context, container, signal)
    if (E.isLeft(run)) return run
    runs.set(container.name, run.right)
  }
  return E.right(runs)
}

/** Runs the pod's containers, the init ones first and one by one, and keeps its status and logs. */
export const runPod = async (
  { registry, ground, pod, spec }: PodContext,
  runs: ReadonlyMap<string, ProgramRun>,
  fault: PodFault | undefined,
): Promise<void> => {
  const startTime = timestamp(registry.clock.now())
  const states = new Map<string, ContainerState>()
  const tell = (): void => setStatus(registry, pod, podStatus(spec, states, startTime))

  const one = async (container: Container): Promise<boolean> => {
    const run = runs.get(container.name)
    if (run === undefined) return false
    const startedAt = timestamp(registry.clock.now())
    states.set(container.name, { running: { startedAt } })
    ground.logs.set(logKey(pod, container.name), '')
    tell()
    const result = await runContainer(ground.programs, run, fault)
    const log = `${result.stdout}${result.stderr}`.slice(-logLimit)
    ground.logs.set(logKey(pod, container.name), log)
    const finishedAt = timestamp(registry.clock.now())
    states.set(container.name, terminated(container, result, log, { startedAt, finishedAt }))
    if (!run.signal.aborted) tell()
    return result.exitCode === 0
  }

  for (const container of spec.initContainers ?? []) if (!(await one(container))) return
  await Promise.all(spec.containers.map(one))
}
