import type { ApiRequest, ApiResponse } from '../../transport.js'
import type { Container } from '../kinds/pod-spec.js'
import type { PodFault } from './pod-fault.js'
import type { Program, ProgramResult, ProgramRun } from './program.js'

const reference =
  /^(?:([a-z0-9.-]+(?::\d+)?)\/)?((?:[a-z0-9._-]+\/)*[a-z0-9._-]+)(?::([\w.-]{1,128}))?(@sha256:[0-9a-f]{64})?$/

const isRegistry = (host: string | undefined): host is string =>
  host !== undefined && /[.:]|^localhost$/.test(host)

/**
 * Where an image comes from, with its registry and without tag and digest: `docker.io/calico/ctl`. Undefined when it
 * is no image reference.
 */
const repositoryOf = (image: string): string | undefined => {
  const match = reference.exec(image)
  if (match === null) return undefined
  const [, host, path = ''] = match
  if (isRegistry(host)) return `${host}/${path}`
  const full = host === undefined ? path : `${host}/${path}`
  return `docker.io/${full.includes('/') ? full : `library/${full}`}`
}

/** The programs by image repository: `calico/ctl`, `quay.io/calico/ctl`. */
export type Programs = Readonly<Record<string, Program>>

const programOf = (programs: Programs, repository: string): Program | undefined =>
  Object.entries(programs).find(([image]) => repositoryOf(image) === repository)?.[1]

/** Why the image cannot be had, with the reason that a waiting container shows. */
export const imageTrouble = (
  programs: Programs,
  { image }: Container,
): { readonly reason: 'InvalidImageName' | 'ErrImagePull'; readonly message: string } | undefined => {
  const repository = repositoryOf(image)
  if (repository === undefined) {
    const message = `Failed to apply default image tag "${image}": couldn't parse image name: invalid reference format`
    return { reason: 'InvalidImageName', message }
  }
  if (programOf(programs, repository) !== undefined) return undefined
  return { reason: 'ErrImagePull', message: `failed to pull and unpack image "${image}": not found` }
}

const killed: ProgramResult = { exitCode: 137, stdout: '', stderr: '' }

const untilAborted = (signal: AbortSignal): Promise<ProgramResult> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(killed), { once: true }))

const noRoute = (_: ApiRequest): Promise<ApiResponse> =>
  Promise.reject(new Error('dial tcp 10.96.0.1:443: i/o timeout'))

/** Runs the container's program to its end, whatever it does. */
export const runContainer = async (
  programs: Programs,
  run: ProgramRun,
  fault: PodFault | undefined,
): Promise<ProgramResult> => {
  if (fault === 'OOMKilled') return { ...killed, reason: 'OOMKilled' }
  if (fault === 'Hangs') return untilAborted(run.signal)
  const program = programOf(programs, repositoryOf(run.image) ?? '')
  const reachable = fault === 'NoNetwork' ? { ...run, send: noRoute } : run
  try {
    return (await Promise.race([program?.(reachable), untilAborted(run.signal)])) ?? killed
  } catch (error) {
    return {
      exitCode: 2,
      stdout: '',
      stderr: `panic: ${error instanceof Error ? error.message : String(error)}\n`,
    }
  }
}
