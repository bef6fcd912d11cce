import type { Container, PodSpec } from '../kinds/pod-spec.js'
import type { ProgramResult } from './program.js'

/** Where a container is in its life, as `containerStatuses` tells. */
export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: Terminated }

interface Terminated {
  readonly exitCode: number
  readonly reason: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly message?: string
}

const messageLines = 80
const messageBytes = 2048

/** The end of the log, where the container asks for it as its last words. */
const lastWords = (
  { terminationMessagePolicy }: Container,
  { exitCode }: ProgramResult,
  log: string,
): string => {
  if (terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return ''
  const lines = log
    .split('\n')
    .slice(-messageLines - 1)
    .join('\n')
  return Buffer.from(lines).subarray(-messageBytes).toString()
}

export const terminated = (
  container: Container,
  result: ProgramResult,
  log: string,
  ran: Pick<Terminated, 'startedAt' | 'finishedAt'>,
): ContainerState => {
  const message = result.message ?? lastWords(container, result, log)
  const reason = result.reason ?? (result.exitCode === 0 ? 'Completed' : 'Error')
  return {
    terminated: {
      exitCode: result.exitCode,
      reason,
      ...ran,
      ...(message === '' ? {} : { message }),
    },
  }
}

const conditions = (ready: boolean) =>
  [
    ['PodScheduled', true],
    ['Initialized', true],
    ['ContainersReady', ready],
    ['Ready', ready],
  ].map(([type, status]) => ({ type, status: status ? 'True' : 'False' }))

const exitOf = (state: ContainerState | undefined): number | undefined =>
  state !== undefined && 'terminated' in state ? state.terminated.exitCode : undefined

const phaseOf = (spec: PodSpec, states: ReadonlyMap<string, ContainerState>): string => {
  const exits = spec.containers.map(({ name }) => exitOf(states.get(name)))
  const initFailed = spec.initContainers?.some(({ name }) => (exitOf(states.get(name)) ?? 0) !== 0) === true
  if (initFailed) return 'Failed'
  if (exits.every((code) => code !== undefined))
    return exits.every((code) => code === 0) ? 'Succeeded' : 'Failed'
  return [...states.values()].some((state) => !('waiting' in state)) ? 'Running' : 'Pending'
}

/** The status of a pod whose containers are in these states. */
export const podStatus = (spec: PodSpec, states: ReadonlyMap<string, ContainerState>, startTime: string) => {
  const phase = phaseOf(spec, states)
  const describe = ({ name, image }: Container) => {
    const state = states.get(name) ?? { waiting: { reason: 'PodInitializing' } }
    const running = 'running' in state
    return { name, image, imageID: '', restartCount: 0, ready: running, started: running, state }
  }
  return {
    phase,
    qosClass: 'BestEffort',
    startTime,
    hostIP: '192.0.2.1',
    podIP: '10.244.0.2',
    conditions: conditions(phase === 'Running'),
    containerStatuses: spec.containers.map(describe),
    ...(spec.initContainers === undefined
      ? {}
      : { initContainerStatuses: spec.initContainers.map(describe) }),
  }
}
